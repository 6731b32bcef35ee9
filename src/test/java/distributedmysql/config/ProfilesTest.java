package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.experiment.performance.PerformanceSettings;
import distributedmysql.experiment.soak.SoakSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles over each other, and files that include each other. */
class ProfilesTest {
    private static final String WHAT_TO_DO = "a profile has only what it changes: if that is not meant, delete those"
            + " lines, or name the profile that is to win last";

    /** What quick asks for is more than external.conf allows. */
    private static final String[] WIDE = {
        "connection.pool-size=500", "external.max-connections=600", "external.max-rate=5000"
    };

    @TempDir
    private Path project;

    private Path directory;

    @BeforeEach
    void copyTheProfiles() throws IOException {
        directory = Files.createDirectory(project.resolve("simulations-config"));
        SettingsTest.copyProfiles(directory);
    }

    @Test
    @DisplayName("external,quick is on external's servers with quick's short stages")
    void bothCount() {
        Settings settings = load("external,quick", WIDE);

        assertThat(settings.profile()).isEqualTo("external,quick");
        assertThat(settings.topology()).isEqualTo(TopologyKind.EXTERNAL);
        assertThat(settings.external().primary()).isEqualTo(new HostPort("db1.example.com", 3306));
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
    @DisplayName("A file that includes external.conf and then quick.conf runs on external's servers")
    void includesOfOurs() throws IOException {
        write("mine", "include \"external.conf\"", "include \"quick.conf\"");

        Settings settings = load("mine", WIDE);

        assertThat(settings.topology()).isEqualTo(TopologyKind.EXTERNAL);
        assertThat(settings.of(PerformanceSettings.class).select().rates()).containsExactly(200);
        assertThat(settings.profileWarnings()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("An include of the defaults resets nothing, wherever it stands and however it is written")
    @ValueSource(
            strings = {
                "include \"default.conf\"\ntopology = external",
                "topology = external\ninclude \"default.conf\"",
                "topology = external\ninclude \"default\"",
                "topology = external\ninclude required(\"default.conf\")",
                "topology = external\ninclude \"../simulations-config/default.conf\"",
                "topology = external\ninclude \"old.conf\"",
                "include \"external.conf\"\ninclude \"old.conf\"",
                "topology = external\ninclude \"experiments/soak.conf\"",
            })
    void includesOfTheDefaults(String text) throws IOException {
        write("old", "include \"default.conf\"", "data.scale = 0.5");
        write("mine", text);

        assertThat(load("mine").topology()).isEqualTo(TopologyKind.EXTERNAL);
        write("servers", "topology = external");
        write("mine", "include \"default.conf\"", "data.scale = 0.5");
        assertThat(load("servers,mine").topology()).isEqualTo(TopologyKind.EXTERNAL);
        assertThat(load("servers,mine").profileWarnings()).isEmpty();
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
    @DisplayName("The same where it is one file: what an include sets back, before it and after")
    void setBackByAnInclude() throws IOException {
        write("embedded", "topology = embedded");
        write("mine", "topology = external", "include \"embedded.conf\"");
        assertThat(load("mine").profileWarnings())
                .contains("topology = external (" + in("mine") + ": 1) is set back to embedded, the default, by "
                        + in("embedded") + ": 1");

        write("mine", "include \"external.conf\"", "include \"embedded.conf\"");
        assertThat(load("mine").profileWarnings()).anyMatch(line -> line.startsWith("topology = external ("));
    }

    @Test
    @DisplayName("An experiment's defaults are default.conf's: an include of them resets nothing")
    void includesOfAnExperimentsDefaults() throws IOException {
        write("long", "soak.duration = 2m");
        write("mine", "include \"experiments/soak.conf\"", "data.scale = 0.5");

        Settings settings = load("long,mine");

        assertThat(settings.of(SoakSettings.class).duration()).hasMinutes(2);
        assertThat(settings.changed())
                .contains(new ChangedSetting("soak.duration", "2m", in("long") + ": 1"))
                .hasSize(2);
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
    @DisplayName("A typing error in an include is an error: HOCON would read nothing, without a word")
    void missingInclude() throws IOException {
        for (String include :
                List.of("include \"quikc.conf\"", "include \"quikc\"", "include required(\"quikc.conf\")")) {
            write("mine", include, "data.scale = 2");
            String what = include.contains(".conf") ? "quikc.conf" : "quikc";
            assertRefused(
                    in("mine") + ": include \"" + what + "\": there is no such file beside it; there are "
                            + String.join(", ", Profiles.files(directory)),
                    "mine");
        }
    }

    @Test
    void filesThatIncludeEachOtherAreRefused() throws IOException {
        write("one", "include \"two.conf\"");
        write("two", "include \"one.conf\"");

        assertRefused(in("two") + ": includes " + in("one") + ", which includes it", "one");
    }

    @Test
    @DisplayName("Every setting that is not the default's has the file and line that set it")
    void origins() throws IOException {
        write("common", "", "data.seed = 7");
        write("mine", "include \"common.conf\"", "", "data.scale = 2", "data.batch-size = 1000");

        assertThat(load("mine", "topology=docker", "performance.select.rates=200, 400,800")
                        .changed())
                .containsExactly(
                        new ChangedSetting("data.scale", 2, in("mine") + ": 3"),
                        new ChangedSetting("data.seed", 7, in("common") + ": 2"),
                        new ChangedSetting("topology", "docker", "command line"));
        assertThat(load("default").changed()).isEmpty();
        assertThat(load("external,quick", WIDE).changed())
                .contains(
                        new ChangedSetting(
                                "topology", "external", in("external") + ": " + line("external", "topology =")),
                        new ChangedSetting("data.scale", 0.25, in("quick") + ": " + line("quick", "data.scale =")));
    }

    @Test
    @DisplayName("No profile of the project includes the defaults, so none can reset what another one has set")
    void ours() throws IOException {
        for (String file : Profiles.files(directory)) {
            if (file.equals("default.conf")) {
                continue;
            }
            assertThat(Files.readString(directory.resolve(file)).lines())
                    .as(file)
                    .noneMatch(line -> line.matches("\\s*include\\b.*"));
        }
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
        assertThat(settings.external().primary()).isEqualTo(new HostPort("db1.example.com", 3306));
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

    private void write(String profile, String... lines) throws IOException {
        Files.writeString(directory.resolve(profile + ".conf"), String.join("\n", lines));
    }

    private String in(String profile) {
        return directory.resolve(profile + ".conf").toString();
    }

    private int line(String profile, String text) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(profile + ".conf"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text + " is not in " + profile);
    }

    private String known() {
        return String.join(", ", Profiles.files(directory)).replace(".conf", "");
    }

    private Settings load(String profiles, String... commandLine) {
        List<String> all = new ArrayList<>(List.of(commandLine));
        all.add("profile=" + profiles);
        return SettingsTest.load(project, all.toArray(String[]::new));
    }

    private void assertRefused(String message, String profiles) {
        assertThatThrownBy(() -> load(profiles))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }
}
