package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplicationSqlTest {
    private static ReplicationSql of(String version) {
        return new ReplicationSql(ServerVersion.parse(version));
    }

    @Test
    void statementsHaveTheirPresentNamesFrom8022() {
        assertThat(of("8.0.22").status()).isEqualTo("SHOW REPLICA STATUS");
        assertThat(of("8.0.33").column("Replica_IO_Running")).isEqualTo("Replica_IO_Running");
        assertThat(of("9.7.4").stopReceiver()).isEqualTo("STOP REPLICA IO_THREAD FOR CHANNEL ''");
        assertThat(of("8.4.0").forgetSource()).isEqualTo("RESET REPLICA ALL FOR CHANNEL ''");
    }

    @Test
    void statementsHaveTheirOldNamesBefore8022() {
        assertThat(of("8.0.21").status()).isEqualTo("SHOW SLAVE STATUS");
        assertThat(of("8.0.21").column("Replica_SQL_Running")).isEqualTo("Slave_SQL_Running");
        assertThat(of("8.0.21").column("Seconds_Behind_Source")).isEqualTo("Seconds_Behind_Master");
        assertThat(of("8.0.21").startApplier()).isEqualTo("START SLAVE SQL_THREAD FOR CHANNEL ''");
    }

    @Test
    void theSourceIsChangedByItsPresentNameFrom8023() {
        assertThat(of("8.0.23").changeSource())
                .startsWith("CHANGE REPLICATION SOURCE TO SOURCE_HOST = ?")
                .contains("GET_SOURCE_PUBLIC_KEY = 1");
        assertThat(of("8.0.22").changeSource())
                .startsWith("CHANGE MASTER TO MASTER_HOST = ?, MASTER_PORT = ?")
                .contains("GET_MASTER_PUBLIC_KEY = 1")
                .doesNotContain("SOURCE");
    }

    @Test
    void versionsAreComparedByAllThreeNumbers() {
        ServerVersion version = ServerVersion.parse("8.4.3-log");
        assertThat(version.isAtLeast(8, 4, 3)).isTrue();
        assertThat(version.isAtLeast(8, 4, 4)).isFalse();
        assertThat(version.isAtLeast(8, 0, 26)).isTrue();
        assertThat(version.isAtLeast(9, 0, 0)).isFalse();
    }
}
