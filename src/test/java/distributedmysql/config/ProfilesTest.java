package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.experiment.performance.PerformanceSettings;
import distributedmysql.experiment.soak.SoakSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles over each other. */
class ProfilesTest extends ProfileFiles {
    private static final String WHAT_TO_DO = "a profile has only what it changes: if that is not meant, delete those"
            + " lines, or name the profile that is to win last";

    @Test
    @DisplayName("external,quick is on external's servers with quick's short stages")
    void bothCount() {
        Settings settings = load("external,quick", WIDE);

        assertThat(settings.profile()).isEqualTo("external,quick");
        assertThat(settings.topology()).isEqualTo(TopologyKind.EXTERNAL);
        assertThat(settings.external().sets().get(0).primary()).isEqualTo(new HostPort("db1.example.com", 3306));
        assertThat(settings.connection().sslMode().label()).isEqualTo("verify-identity");
        assertThat(settings.of(PerformanceSettings.class).select().rates()).containsExactly(200);
        assertThat(settings.of(SoakSettings.class).duration()).hasSeconds(6);
    }

    @Test
    void ofTwoThatSetAKeyTheLaterOneWins() throws IOException {
        write("one", "data.scale = 2", "data.seed = 7");
        write("two", "data.scale = 3");

        assertThat(load("one,two").data().scale()).isEqualTo(3);
        assertThat(load("two,one").data().scale()).isEqualTo(2);
        assertThat(load("one,two").data().seed()).isEqualTo(7);
        assertThat(load("one,two", "data.scale=4").data().scale()).isEqualTo(4);
    }

    @Test
    void spacesAroundNamesAreNoPartOfThem() {
        assertThat(load(" quick , nightly").profile()).isEqualTo("quick,nightly");
    }

    @Test
    @DisplayName("The defaults may be named, but only first: they are read first anyway")
    void defaultsFirst() {
        assertThat(load("default,quick").data().scale()).isEqualTo(0.25);
        assertRefused(
                "command line: profile = quick,default: default is read first, always; it can only be the first name",
                "quick,default");
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() {
        assertRefused("command line: profile = quick,nightly, quick: quick is there twice", "quick,nightly, quick");
    }

    @ParameterizedTest
    @ValueSource(strings = {"external,,quick", "quick,", ",quick", "quick, ,nightly", "", " "})
    void anEmptyNameIsRefused(String given) {
        assertRefused(
                "command line: profile = " + given + ": has an empty name; must be one of " + known()
                        + " (the files in " + directory + "), or several of them, separated by commas: later ones win",
                given);
    }

    @ParameterizedTest
    @CsvSource({
        "'external,quikc', quikc, 'did you mean quick? '",
        "'Nightly,quick', Nightly, 'did you mean nightly? '",
        "'quick nightly', quick nightly, ''",
        "'quick;nightly', quick;nightly, ''",
        "'quick,../quick', ../quick, ''",
        "'simulations-config/quick.conf', simulations-config/quick.conf, ''",
    })
    void aNameThatIsNoneIsNamedWithWhatThereIs(String given, String name, String meant) {
        assertRefused(
                "command line: profile = " + given + ": unknown profile " + name + "; " + meant + "must be one of "
                        + known() + " (the files in " + directory
                        + "), or several of them, separated by commas: later ones win",
                given);
    }

    @Test
    @DisplayName("What a later file sets back to the default is said, with both files and lines")
    void setBack() throws IOException {
        Files.copy(directory.resolve("default.conf"), directory.resolve("copy.conf"));
        write("servers", "topology = external", "external.max-rate = 4000");

        assertThat(load("servers,copy").profileWarnings())
                .containsExactly(
                        "external.max-rate = 4000 (" + in("servers") + ": 2) is set back to 5000, the default, by "
                                + in("copy") + ": " + line("copy", "max-rate ="),
                        "topology = external (" + in("servers") + ": 1) is set back to embedded, the default, by "
                                + in("copy") + ": " + line("copy", "topology ="),
                        WHAT_TO_DO);
        assertThat(load("copy,servers").profileWarnings()).isEmpty();
        assertThat(load("servers,copy", "topology=docker", "external.max-rate=5")
                        .profileWarnings())
                .isEmpty();
    }

    @Test
    @DisplayName("A profile that changes something by itself may say what is the default beside it: nobody is warned")
    void setBackOnPurpose() throws IOException {
        write("servers", "topology = external", "external.read-only = true", "soak.rate = 500");

        for (String shipped : List.of("staging", "quick", "look", "nightly")) {
            assertThat(load("servers," + shipped).profileWarnings()).as(shipped).isEmpty();
        }
        assertThat(load("servers,staging").external().readOnly()).isFalse();
    }

    @Test
    @DisplayName("A default that is wrong is named with the file and line of its experiment")
    void wrongDefault() throws IOException {
        Path file = directory.resolve("experiments/connections.conf");
        Files.writeString(file, "# wrong\nconnections.steps = [0]");

        assertThatThrownBy(() -> load("default"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(file + ": 2: connections.steps = [0]: must be ");
    }

    @Test
    void manyThatAreSetBackAreCounted() throws IOException {
        copyAllDefaults();

        List<String> warnings = load("nightly,copy").profileWarnings();

        assertThat(warnings).hasSize(7).endsWith(WHAT_TO_DO);
        assertThat(warnings.get(5)).matches("so are \\d\\d more settings");
    }

    @Test
    void aLaterProfileMayAddToAListAndUseWhatAnEarlierOneSays() throws IOException {
        write("one", "performance.select.rates = [10]");
        write("three", "performance.mixed.rate = ${consistency.load-rate}", "consistency.load-rate = 55");

        write("two", "performance.select.rates += 20");
        assertThat(load("one,two").of(PerformanceSettings.class).select().rates())
                .containsExactly(10, 20);
        assertThat(load("two").of(PerformanceSettings.class).select().rates()).containsExactly(200, 400, 800, 20);
        assertThat(load("three").of(PerformanceSettings.class).mixed().rate()).isEqualTo(55);
        write("four", "consistency.load-rate = 66");
        assertThat(load("three,four").of(PerformanceSettings.class).mixed().rate())
                .isEqualTo(66);
    }

    @Test
    void nullIsNoWayBackToTheDefault() throws IOException {
        write("one", "data.scale = 2");
        write("two", "data.scale = null");

        assertRefused(in("two") + ": 1: data.scale = null: must be a number from 0.001 to 10000", "one,two");
        assertThat(load("two,one").data().scale()).isEqualTo(2);
    }

    @Test
    @DisplayName("The file that the README shows makes a first look, together with look.conf")
    void readme() throws IOException {
        String readme = Files.readString(SettingsTest.PROJECT.resolve("README.md"));
        String after = readme.substring(readme.indexOf("In `simulations-config/mine.conf`:"));
        write(
                "mine",
                after.lines()
                        .skip(2)
                        .takeWhile(line -> line.startsWith("    "))
                        .map(String::strip)
                        .toArray(String[]::new));

        Settings settings = load("mine,look");

        assertThat(settings.readOnly()).isTrue();
        assertThat(settings.external().sets().get(0).primary()).isEqualTo(new HostPort("db1.example.com", 3306));
        assertThat(settings.external().user()).isEqualTo("looks_only");
        assertThat(settings.external().compareDatabases()).containsExactly("shop");
        assertThat(settings.connection().sslMode().label()).isEqualTo("required");
        assertThat(settings.profileWarnings()).isEmpty();
    }

    @Test
    @DisplayName("A first look injects no fault, whatever the user's own file allows")
    void look() throws IOException {
        write("mine", "external { allow-faults = true, hooks { kill = k, start = s } }");

        assertThat(load("mine,look").external().allowFaults()).isFalse();
        assertThat(load("mine,look").profileWarnings()).isEmpty();
    }

    /** Without an include, as whoever wants one file might have it. */
    private void copyAllDefaults() throws IOException {
        StringBuilder all = new StringBuilder(
                Files.readString(directory.resolve("default.conf")).replace("include ", "#"));
        try (Stream<Path> files = Files.list(directory.resolve("experiments"))) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        write("copy", all.toString());
    }

    private String known() {
        return String.join(", ", Profiles.files(directory)).replace(".conf", "");
    }
}
