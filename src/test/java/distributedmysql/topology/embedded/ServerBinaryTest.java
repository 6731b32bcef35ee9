package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerBinaryTest {
    private static final Path MYSQLD = Path.of("/opt/mysql/bin/mysqld");

    @ParameterizedTest
    @CsvSource({
        "mysqld  Ver 8.0.33 for Linux on x86_64 (MySQL Community Server - GPL), 8.0.33",
        "/usr/sbin/mysqld  Ver 8.4.3-3 for Linux on x86_64 (Percona Server (GPL)), 8.4.3-3",
        "mysqld  Ver 9.7.4 for debian-linux-gnu on x86_64 ((Debian)), 9.7.4"
    })
    void versionsFrom80To9AreAccepted(String said, String version) {
        assertThat(ServerBinary.version(MYSQLD, said).full()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysqld  Ver 5.7.44 for Linux on x86_64 (MySQL Community Server (GPL))",
                "mysqld  Ver 10.11.6-MariaDB for debian-linux-gnu on x86_64 (Debian 12)",
                "mysqld  Ver 26.10.0 for Linux on x86_64",
                "hello"
            })
    void otherServersAreRefusedByWhatTheySay(String said) {
        assertThatThrownBy(() -> ServerBinary.version(MYSQLD, said))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(MYSQLD.toString())
                .hasMessageContaining("must be MySQL 8.0 to 9.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin", "sbin", "usr/sbin", "libexec"})
    void theServerIsFoundWhereDistributionsPutIt(String place, @TempDir Path basedir) throws IOException {
        Path mysqld = Files.createDirectories(basedir.resolve(place)).resolve("mysqld");
        Files.createFile(mysqld).toFile().setExecutable(true);
        assertThat(ServerBinary.mysqldBelow(basedir)).isEqualTo(mysqld);
    }

    @Test
    void aFileThatIsNotExecutableIsNoServer(@TempDir Path basedir) throws IOException {
        Files.createFile(Files.createDirectories(basedir.resolve("bin")).resolve("mysqld"));
        assertThatThrownBy(() -> ServerBinary.mysqldBelow(basedir)).hasMessageContaining("no executable bin/mysqld");
    }
}
