package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ExternalSettings;
import distributedmysql.config.Settings;
import distributedmysql.topology.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordTest {
    @TempDir
    Path directory;

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Password password = Password.find(settings("MYSQL_PASSWORD=of-file\n"), Map.of("MYSQL_PASSWORD", "of-env"));
        assertThat(password.text()).isEqualTo("of-env");
        assertThat(password).hasToString("the environment variable MYSQL_PASSWORD");
    }

    @Test
    void theFileHasItInALineOfThatNameOrAlone() throws IOException {
        String compose = "# comment\nOTHER=1\nMYSQL_PASSWORD=a=b c\n";
        assertThat(Password.find(settings(compose), Map.of()).text()).isEqualTo("a=b c");
        assertThat(Password.find(settings("only-this\n"), Map.of()).text()).isEqualTo("only-this");
    }

    @Test
    void whereItWasLookedForIsSaid() throws IOException {
        assertRefused(settings("one\ntwo\n"), "has neither a line MYSQL_PASSWORD=... nor one line");
        assertRefused(settings(null), "the environment variable MYSQL_PASSWORD (external.password-env) is not set");
    }

    @Test
    void theFileOfComposeIsTheDefault() {
        Properties properties = new Properties();
        ExternalSettings settings = Settings.load(Path.of(""), properties).external();
        assertThat(Password.find(settings, Map.of()).text()).isNotBlank();
    }

    private ExternalSettings settings(String content) throws IOException {
        Path file = directory.resolve(content == null ? "absent" : "password");
        if (content != null) {
            Files.writeString(file, content);
        }
        Properties properties = new Properties();
        properties.setProperty("external.password-file", file.toString());
        return Settings.load(Path.of(""), properties).external();
    }

    private static void assertRefused(ExternalSettings settings, String reason) {
        assertThatThrownBy(() -> Password.find(settings, Map.of()))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(reason);
    }
}
