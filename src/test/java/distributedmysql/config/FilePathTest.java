package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A text that is no path is an error that says where it was written, and why it is none")
class FilePathTest {
    /** Prints what the settings that are given as system properties are refused with. */
    static final class Printer {
        public static void main(String[] arguments) {
            System.setProperty(arguments[0], "/tmp/\u00e4");
            try {
                Settings.load(Path.of(""), System.getProperties(), List.of(), Set.of());
            } catch (SettingsException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void ofAnArgument() {
        assertThat(FilePath.of("--to-directory", "a/b")).isEqualTo(Path.of("a/b"));
        assertThatThrownBy(() -> FilePath.of("--to-directory", "a\0b"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("--to-directory = a\0b: must be a path, and has a NUL character in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report.directory",
                "embedded.basedir",
                "embedded.cache-directory",
                "router.haproxy",
                "connection.ca-file",
                "external.password-file"
            })
    @DisplayName("A letter with an accent, in the locale C")
    void ofASetting(String key) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Printer.class.getName(),
                key);
        Stream.of("LANG", "LC_CTYPE").forEach(java.environment()::remove);
        java.environment().put("LC_ALL", "C");

        String said = new String(
                java.redirectErrorStream(true).start().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(said)
                .contains(
                        key + " = /tmp/?",
                        "must be a path that this JVM can write",
                        "set a locale with UTF-8, such as LC_ALL=C.UTF-8");
    }
}
