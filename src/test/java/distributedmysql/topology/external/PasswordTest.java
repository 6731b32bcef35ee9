package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ExternalSettings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("U", "users", "E", "");

    @TempDir
    Path directory;

    @Test
    void theEnvironmentWinsOverTheFile() throws IOException {
        Password password = Password.find(settings("MYSQL_PASSWORD=of-file\n"), Map.of("MYSQL_PASSWORD", "of-env"));
        assertThat(password.text()).isEqualTo("of-env");
        assertThat(password).hasToString("the environment variable MYSQL_PASSWORD");
    }

    @ParameterizedTest
    @DisplayName("The password of docker/.env goes to this machine's servers only, and the error says why it was taken")
    @CsvSource({
        "127.0.0.1:3306, true",
        "localhost:13306, true",
        "'[::1]:3306', true",
        "db1:3306, false",
        "10.0.0.5:3306, false"
    })
    void ofCompose(String server, boolean sent) {
        for (String key : List.of("external.primary", "external.replicas")) {
            Properties properties = new Properties();
            properties.setProperty(key, server);
            properties.setProperty(
                    key.equals("external.primary") ? "external.replicas" : "external.primary", "127.0.0.1:4000");
            ExternalSettings settings = AllSettings.load(properties).external();
            if (sent) {
                assertThat(Password.find(settings, Map.of()))
                        .hasToString("docker/.env, because the environment variable MYSQL_PASSWORD is not set");
            } else {
                assertRefused(
                        settings,
                        "MYSQL_PASSWORD (external.password-env) is not set; external.password-file = docker/.env is"
                                + " for the servers of docker/docker-compose.yml on this machine, and was not sent to "
                                + server);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("A line that is alone is the password as it stands")
    @ValueSource(
            strings = {"only-this", "a=b", "p#1 #2", "'quoted'", "\"", "$HOME ${x", "\\n", " spaced ", "MYSQL=1", "é日"})
    void alone(String password) throws IOException {
        for (String content : List.of(password, password + "\n", password + "\r\n", "\uFEFF\n" + password + "\n\n")) {
            assertThat(Password.find(settings(content), Map.of()).text()).isEqualTo(password);
        }
    }

    /** What Compose 2 makes of them: tried with its own reader of these files. */
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("MYSQL_PASSWORD=a=b c", "a=b c"),
                Arguments.of("MYSQL_PASSWORD=", ""),
                Arguments.of("MYSQL_PASSWORD=a # comment", "a"),
                Arguments.of("MYSQL_PASSWORD=a# no comment", "a# no comment"),
                Arguments.of("MYSQL_PASSWORD=a\t# no comment", "a\t# no comment"),
                Arguments.of("MYSQL_PASSWORD= # no comment", "# no comment"),
                Arguments.of("export  MYSQL_PASSWORD=a", "a"),
                Arguments.of("  MYSQL_PASSWORD = a ", "a"),
                Arguments.of("MYSQL_PASSWORD: a", "a"),
                Arguments.of("MYSQL_PASSWORD=it's \"so\"", "it's \"so\""),
                Arguments.of("MYSQL_PASSWORD=a\\tb\\", "a\\tb\\"),
                Arguments.of("MYSQL_PASSWORD='a # b' # comment", "a # b"),
                Arguments.of("MYSQL_PASSWORD='$U ${U} \\n \\' \\\\'", "$U ${U} \\n ' \\\\"),
                Arguments.of("MYSQL_PASSWORD=\"a # b\"# comment", "a # b"),
                Arguments.of("MYSQL_PASSWORD=\"\\\"\\\\\\t\\n\\$U \\q\\0101\\012\"", "\"\\\t\n$U \\qA\\12"),
                Arguments.of("MYSQL_PASSWORD=\"a\r\n b\"\r\nX=1\r\n", "a\r\n b"),
                Arguments.of("MYSQL_PASSWORD='a\nMYSQL_PASSWORD=b'\n", "a\nMYSQL_PASSWORD=b"),
                Arguments.of("MYSQL_PASSWORD=a\nMYSQL_PASSWORD=b\n", "b"),
                Arguments.of("\uFEFFMYSQL_PASSWORD=a\r\n", "a"),
                Arguments.of("# c\n\n 1X=2\nU\nA.b-c[0]=d\nMYSQL_PASSWORD=a", "a"),
                Arguments.of("MYSQL_PASSWORD=$U-${U}$$U", "users-users$U"),
                Arguments.of("U=file\nMYSQL_PASSWORD=\"${U} $N${V}.\"", "users ."),
                Arguments.of("V=v\nMYSQL_PASSWORD=${V}${V:-x}${N:-y}${E:-z}${E-z}", "vvyz"),
                Arguments.of("MYSQL_PASSWORD=${N:-a${U}{b}}c}${N-}", "ausers{b}c}"),
                Arguments.of("MYSQL_PASSWORD=${U:+a}${E:+b}${E+c}${N+d}${U:?e}${E?f}", "acusers"),
                Arguments.of("MYSQL_PASSWORD=pa$1 $ $. a$", "pa$1 $ $. a$"));
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("A line with the variable's name is read as Compose reads it")
    void values(String content, String password) throws IOException {
        assertThat(Password.find(settings(content), ENVIRONMENT).text()).isEqualTo(password);
    }

    @ParameterizedTest
    @DisplayName("What Compose cannot read is an error with file and line, and without the password")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "A=1;MYSQL_PASSWORD='secret, line 2: a quote is not closed",
                "MYSQL_PASSWORD=\"secret;;B=1, line 1: a quote is not closed",
                "A=1;B C=2;MYSQL_PASSWORD=secret, line 2: no NAME=value",
                "MYSQL_PASSWORD='secret'';A=1, line 1: no NAME=value",
                "MYSQL_PASSWORD=secret;;(=2, line 3: no NAME=value",
                ";MYSQL_PASSWORD=secret${, line 2: ${ without a variable and }",
                "MYSQL_PASSWORD=secret${U, line 1: ${ without a variable and }",
                "MYSQL_PASSWORD=secret${1}, line 1: ${ without a variable and }",
                "MYSQL_PASSWORD=secret${E:?secret}, |line 1: needs the variable E, which is not set|",
                "MYSQL_PASSWORD=secret${N?}, |line 1: needs the variable N, which is not set|"
            })
    void refused(String content, String reason) throws IOException {
        ExternalSettings settings = settings(content.replace(';', '\n'));
        assertThatThrownBy(() -> Password.find(settings, ENVIRONMENT))
                .isInstanceOf(TopologyException.class)
                .hasMessageContainingAll("external.password-file = " + directory.resolve("password") + ": ", reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whereItWasLookedForIsSaid() throws IOException {
        assertRefused(settings("one\ntwo\n"), "has neither a line MYSQL_PASSWORD=... nor one line");
        assertRefused(settings("A='x\nMYSQL_PASSWORD=1\n'\n"), "has neither a line MYSQL_PASSWORD=... nor one line");
        Files.write(directory.resolve("password"), new byte[] {'a', (byte) 0xE9});
        assertRefused(settings(directory.resolve("password")), "/password: is not UTF-8");
        assertRefused(
                settings((String) null), "the environment variable MYSQL_PASSWORD (external.password-env) is not set");
    }

    @Test
    void theFileOfComposeIsTheDefault() {
        Properties properties = new Properties();
        ExternalSettings settings = AllSettings.load(properties).external();
        assertThat(Password.find(settings, Map.of()).text()).isNotBlank();
    }

    private ExternalSettings settings(String content) throws IOException {
        Path file = directory.resolve(content == null ? "absent" : "password");
        if (content != null) {
            Files.writeString(file, content);
        }
        return settings(file);
    }

    private static ExternalSettings settings(Path file) {
        Properties properties = new Properties();
        properties.setProperty("external.password-file", file.toString());
        return AllSettings.load(properties).external();
    }

    private static void assertRefused(ExternalSettings settings, String reason) {
        assertThatThrownBy(() -> Password.find(settings, Map.of()))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(reason);
    }
}
