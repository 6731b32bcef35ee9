package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.performance.PerformanceSettings;
import distributedmysql.experiment.soak.SoakSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that include each other, and what that resets. */
class IncludesTest extends ProfileFiles {
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
}
