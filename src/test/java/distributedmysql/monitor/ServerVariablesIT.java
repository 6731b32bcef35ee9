package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerVariablesIT {
    @Test
    void readsWhatTheServerRunsWith() {
        ReplicaSet replicaSet = TestServers.shared();
        assertThat(ServerVariables.read(replicaSet.replicas().get(0)))
                .containsEntry("gtid_mode", "ON")
                .containsEntry("super_read_only", "ON")
                .containsKeys(
                        "innodb_buffer_pool_size",
                        "innodb_flush_log_at_trx_commit",
                        "innodb_flush_method",
                        "innodb_doublewrite",
                        "innodb_use_native_aio",
                        "relay_log_recovery",
                        "sync_relay_log",
                        "default_storage_engine",
                        "version",
                        "version_compile_machine",
                        "version_compile_os",
                        "innodb_redo_log_capacity",
                        "sync_binlog",
                        "binlog_format",
                        "max_connections",
                        "transaction_isolation",
                        "read_only",
                        "replica_parallel_workers",
                        "replica_preserve_commit_order",
                        "performance_schema",
                        "max_prepared_stmt_count",
                        "time_zone");
        assertThat(ServerVariables.read(replicaSet.primary())).containsEntry("super_read_only", "OFF");
    }

    @Test
    void saysWhichServerCannotBeAsked() {
        Node node = TestServers.shared().primary();
        Node refused = new Node(
                "node9",
                node.address(),
                node.version(),
                node.serverUuid(),
                new Credentials("server_variables_nobody", "secret"),
                node.load(),
                Optional.empty());
        assertThatThrownBy(() -> ServerVariables.read(refused))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("node9 (" + node.address() + ")")
                .hasMessageNotContaining("secret");
    }
}
