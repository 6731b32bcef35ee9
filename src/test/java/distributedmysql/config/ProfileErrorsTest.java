package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused in a profile, and that the message names file and line. */
class ProfileErrorsTest {
    @TempDir
    private Path project;

    private Path directory;
    private Path file;

    @BeforeEach
    void copyTheDefaults() throws IOException {
        directory = Files.createDirectory(project.resolve("simulations-config"));
        file = directory.resolve("mine.conf");
        SettingsTest.copyProfiles(directory);
    }

    @Test
    void aProfileOfOnesOwnIsRead() throws IOException {
        Files.writeString(file, "include \"default.conf\"\ndata.scale = 3");

        assertThat(SettingsTest.load(project, "profile=mine").data().scale()).isEqualTo(3);
    }

    @Test
    void anUnknownKeyIsNamedWithFileAndLine() throws IOException {
        assertRefused(
                ": 3: unknown key data.scael; did you mean data.scale? (all keys are in default.conf and the files that it includes)",
                "include \"default.conf\"",
                "",
                "data.scael = 2");
        assertRefused(
                ": 3: unknown key performance.mixed.speed (all keys are in default.conf and the files that it includes)",
                "include \"default.conf\"",
                "performance.mixed {",
                "  speed = 3",
                "}");
    }

    @Test
    void aKeyThatHadAnotherNameIsRefusedWithFileAndLine() throws IOException {
        assertRefused(
                ": 2: stability.leaks.required = false: its name is soak.leaks.required now",
                "stability {",
                "  leaks.required = false",
                "}");
        assertRefused(": 1: performance.engine = routed: its name is load.engine now", "performance.engine = routed");
    }

    @Test
    void aBadValueIsNamedWithFileAndLine() throws IOException {
        assertRefused(
                ": 2: performance.mixed.rate = -1: must be a whole number from 10 to 1000000",
                "include \"default.conf\"",
                "performance.mixed.rate = -1");
        assertRefused(
                ": 2: performance.mixed.steady = 10: must be a duration with its unit, from 1s to 24h",
                "include \"default.conf\"",
                "performance.mixed.steady = 10");
        assertRefused(
                ": 2: data.seed = null: must be a whole number of at most 64 bits",
                "include \"default.conf\"",
                "data.seed = null");
    }

    @Test
    void aBadValueInAnIncludedFileIsNamedWithThatFile() throws IOException {
        Path included = directory.resolve("common.conf");
        Files.writeString(included, "include \"default.conf\"\ndata.batch-size = 0");
        Files.writeString(file, "include \"common.conf\"\ndata.scale = 2");

        assertThatThrownBy(() -> SettingsTest.load(project, "profile=mine"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(included + ": 2: data.batch-size = 0: must be a whole number from 1 to 10000");
    }

    @Test
    void theBadElementOfAListIsNamed() throws IOException {
        assertRefused(
                ": 2: external.replicas = [db1:3306, db2]: must be a list of at least one host:port, such as"
                        + " db1:3306,db2:3306; \"db2\" is not",
                "include \"default.conf\"",
                "external.replicas = [\"db1:3306\", \"db2\"]");
        String rates = "must be a list of at least one whole number from 1 to 1000000, such as 1,2,4";
        assertRefused(
                ": 2: performance.select.rates = [1, 0]: " + rates + "; \"0\" is not",
                "include \"default.conf\"",
                "performance.select.rates = [1, 0]");
        assertRefused(
                ": 2: performance.select.rates = []: " + rates,
                "include \"default.conf\"",
                "performance.select.rates = []");
        assertRefused(
                ": 2: performance.select.rates = 200: " + rates,
                "include \"default.conf\"",
                "performance.select.rates = 200");
    }

    @Test
    void aSectionThatIsAValueIsNamed() throws IOException {
        assertRefused(
                ": 2: performance.mixed = 3: must be a section, with performance.mixed.rate in it",
                "include \"default.conf\"",
                "performance.mixed = 3");
    }

    @Test
    void aProfileHasOnlyWhatItChanges() throws IOException {
        Files.writeString(file, "data.scale = 3");

        assertThat(SettingsTest.load(project, "profile=mine").data().scale()).isEqualTo(3);
    }

    @Test
    void defaultsWithoutAKeyAreNamed() throws IOException {
        Path defaults = directory.resolve("default.conf");
        Files.writeString(defaults, Files.readString(defaults).replace("batch-size = 1000", ""));

        assertThatThrownBy(() -> SettingsTest.load(project))
                .isInstanceOf(SettingsException.class)
                .hasMessage(defaults + ": data.batch-size is missing");
    }

    @Test
    void brokenSyntaxIsNamedWithFileAndLine() throws IOException {
        assertRefusedStarting(": 3: ", "include \"default.conf\"", "", "data { seed = [ }");
        assertRefusedStarting(": 2: ", "include \"default.conf\"", "data.scale = ${nothing}");
    }

    @Test
    void theCommandLineCanMendAProfile() throws IOException {
        Files.writeString(file, "include \"default.conf\"\ndata.batch-size = 0");

        assertThat(SettingsTest.load(project, "profile=mine", "data.batch-size=5")
                        .data()
                        .batchSize())
                .isEqualTo(5);
    }

    private void assertRefused(String afterFile, String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines));
        assertThatThrownBy(() -> SettingsTest.load(project, "profile=mine"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + afterFile);
    }

    private void assertRefusedStarting(String afterFile, String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines));
        assertThatThrownBy(() -> SettingsTest.load(project, "profile=mine"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(file + afterFile);
    }
}
