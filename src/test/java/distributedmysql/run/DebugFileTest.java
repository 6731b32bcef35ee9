package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.SettingsException;
import distributedmysql.mysql.DebugLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugFileTest {
    @TempDir
    private Path directory;

    @AfterEach
    void off() {
        DebugFile.open(null, directory);
    }

    @Test
    @DisplayName("The parts that are named are in the file, without passwords; others are not even asked")
    void named() throws IOException {
        Path file =
                DebugFile.open("sql, faults", directory.resolve("debug.log")).orElseThrow();
        DebugLog.SQL.say(() -> "node1: ALTER USER 'u'@'%' IDENTIFIED WITH caching_sha2_password BY 'geheim'");
        DebugLog.SQL.say(() -> "node1: CHANGE MASTER TO MASTER_PASSWORD = 'geheim'");
        DebugLog.FAULTS.say(() -> "node2: pause: injected");
        DebugLog.TOPOLOGY.say(() -> {
            throw new AssertionError("asked");
        });
        assertThat(Files.readString(file))
                .contains("BY '***'", "MASTER_PASSWORD = '***'", "faults", "node2: pause: injected")
                .doesNotContain("geheim");
    }

    @Test
    void anUnknownPartIsRefusedWithAllThatThereAre() {
        assertThatThrownBy(() -> DebugFile.open("sql,fault", directory.resolve("debug.log")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("command line: debug = sql,fault: there is no part \"fault\"; there are sql, replication,"
                        + " faults, topology");
    }
}
