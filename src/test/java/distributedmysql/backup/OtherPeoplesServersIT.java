package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.NotOurs;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.embedded.LocalSpares;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OwnServers(replicas = 0)
@DisplayName("Servers that the run did not start")
class OtherPeoplesServersIT {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("are dumped, their binary logs fetched, and both recovered on a server of this machine; not cloned")
    void dumpAndBinaryLogs(ReplicaSet servers) throws Exception {
        Node primary = NotOurs.of(servers.primary());
        Deployment external = new Deployment("external", Shards.only(new ReplicaSet(primary, List.of())), () -> {});
        assertThat(external.spares().impossible()).contains("topology = external");
        try (Deployment beside =
                        LocalSpares.beside(external, TestServers.settings().embedded(), line -> {});
                Backups backups = Backups.in(directory, beside.spares())) {
            assertThatThrownBy(() -> backups.full("clone", primary))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("its files are not ours to read");
            Mysql.execute(primary, "CREATE DATABASE backup_it");
            backups.full("dump", primary);
            Mysql.execute(primary, "CREATE TABLE backup_it.t (id INT PRIMARY KEY)");
            Mysql.execute(primary, "INSERT INTO backup_it.t VALUES (1), (2)");
            GtidSet then = GtidSet.parse(GtidSets.executed(primary));
            Mysql.execute(primary, "DELETE FROM backup_it.t");
            try (BinlogShipping shipping = backups.shipping(() -> primary)) {
                assertThat(shipping.ship()).hasSize(1);
            }

            Target before = Target.before(new Gtid(primary.serverUuid(), then.count() + 1));
            try (RestoredServer restored = backups.recovery().to(before)) {
                assertThat(restored.gtids()).isEqualTo(then);
                assertThat(Mysql.texts(restored.node(), "SELECT id FROM backup_it.t"))
                        .containsExactly("1", "2");
            }
        }
    }
}
