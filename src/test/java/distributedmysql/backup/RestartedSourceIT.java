package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Replication;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OwnServers(replicas = 0)
@DisplayName("Recovery goes on through binary logs that a server has not ended by going on to the next one")
class RestartedSourceIT {
    @TempDir
    private Path directory;

    private Node source;

    @ParameterizedTest
    @ValueSource(strings = {"killed", "shut down"})
    void after(String how, Deployment deployment) throws Exception {
        source = deployment.replicaSet().primary();
        try (Backups backups = Backups.in(directory, deployment.spares())) {
            Mysql.execute(source, "DROP DATABASE IF EXISTS backup_it");
            Mysql.execute(source, "CREATE DATABASE backup_it");
            Mysql.execute(source, "CREATE TABLE backup_it.t (id INT PRIMARY KEY AUTO_INCREMENT, note VARCHAR(20))");
            backups.full("dump", source);
            insert("before");
            GtidSet before = GtidSet.executed(source);
            restart(how);
            insert("between");
            restart(how);
            insert("after");
            GtidSet all = GtidSet.executed(source);
            insert("too late");
            List<Manifest> shipped;
            try (BinlogShipping shipping = backups.shipping(() -> source)) {
                shipped = shipping.ship();
            }

            assertThat(shipped).hasSizeGreaterThanOrEqualTo(3);
            recovered(backups, all, "before", "between", "after");
            recovered(backups, before, "before");
        }
    }

    private void insert(String note) {
        for (int i = 0; i < 20; i++) {
            Mysql.execute(source, "INSERT INTO backup_it.t (note) VALUES ('" + note + "')");
        }
    }

    private void restart(String how) {
        ServerControl control = OwnServer.control(source);
        if (how.equals("killed")) {
            control.kill();
        } else {
            control.mayEnd();
            Mysql.execute(source, "SHUTDOWN");
            await().until(() -> !control.isAlive());
        }
        control.start(OwnServer.START_DEADLINE);
        Replication.setReadOnly(source, false);
    }

    private void recovered(Backups backups, GtidSet to, String... notes) throws Exception {
        Target last = Target.upTo(new Gtid(source.serverUuid(), to.count()));
        try (RestoredServer restored = backups.recovery().to(last)) {
            assertThat(Mysql.texts(restored.node(), "SELECT note FROM backup_it.t GROUP BY note ORDER BY MIN(id)"))
                    .containsExactly(notes);
            assertThat(restored.gtids()).isEqualTo(to);
        }
    }
}
