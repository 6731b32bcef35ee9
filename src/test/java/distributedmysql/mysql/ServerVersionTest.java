package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.0.22", "8.0.33", "8.4.3-log", "9.7.4-2", "8.0.36-28.1"})
    void everyMySqlFrom8022OnIsSupported(String version) {
        assertThat(ServerVersion.parse(version).unsupported()).isEmpty();
    }

    @Test
    void olderOnesAreNot() {
        assertThat(ServerVersion.parse("8.0.21").unsupported())
                .hasValueSatisfying(why -> assertThat(why).contains("8.0.21", "8.0.22 and later"));
        assertThat(ServerVersion.parse("5.7.44-log").unsupported()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.11.6-MariaDB-0+deb12u1", "5.5.5-10.6.18-MariaDB-log", "11.4.2-MariaDB"})
    void mariaDbIsRecognisedAndRefusedForItsGtids(String version) {
        assertThat(ServerVersion.parse(version).unsupported())
                .hasValueSatisfying(why -> assertThat(why).contains("MariaDB", "GTIDs", "server_uuid"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    8.0.21,
                    8.0.22, REPLICA_STATEMENTS
                    8.0.25, REPLICA_STATEMENTS CHANGE_REPLICATION_SOURCE
                    8.0.33, REPLICA_STATEMENTS CHANGE_REPLICATION_SOURCE REPLICA_VARIABLES
                    8.1.0,  REPLICA_STATEMENTS CHANGE_REPLICATION_SOURCE REPLICA_VARIABLES
                    8.4.0,  REPLICA_STATEMENTS CHANGE_REPLICATION_SOURCE REPLICA_VARIABLES BINARY_LOG_STATUS RESET_BINARY_LOGS
                    9.7.4,  REPLICA_STATEMENTS CHANGE_REPLICATION_SOURCE REPLICA_VARIABLES BINARY_LOG_STATUS RESET_BINARY_LOGS
                    """)
    void whatAVersionCan(String version, String capabilities) {
        List<String> found = Arrays.stream(Capability.values())
                .filter(capability -> capability.in(ServerVersion.parse(version)))
                .map(Enum::name)
                .toList();
        assertThat(String.join(" ", found)).isEqualTo(capabilities == null ? "" : capabilities);
    }
}
