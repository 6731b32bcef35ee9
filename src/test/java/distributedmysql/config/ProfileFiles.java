package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The project's profiles, copied to where a test may write beside them. */
abstract class ProfileFiles {
    /** What quick asks for is more than external.conf allows. */
    static final String[] WIDE = {"connection.pool-size=500", "external.max-connections=600", "external.max-rate=5000"};

    @TempDir
    Path project;

    Path directory;

    @BeforeEach
    void copyTheProfiles() throws IOException {
        directory = Files.createDirectory(project.resolve("simulations-config"));
        SettingsTest.copyProfiles(directory);
    }

    void write(String profile, String... lines) throws IOException {
        Files.writeString(directory.resolve(profile + ".conf"), String.join("\n", lines));
    }

    String in(String profile) {
        return directory.resolve(profile + ".conf").toString();
    }

    int line(String profile, String text) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(profile + ".conf"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text + " is not in " + profile);
    }

    Settings load(String profiles, String... commandLine) {
        List<String> all = new ArrayList<>(List.of(commandLine));
        all.add("profile=" + profiles);
        return SettingsTest.load(project, all.toArray(String[]::new));
    }

    void assertRefused(String message, String profiles) {
        assertThatThrownBy(() -> load(profiles))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }
}
