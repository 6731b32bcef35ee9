package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Replication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OwnServers(replicas = 1)
@DisplayName("DELETE FROM players, without WHERE")
class PlantedDeleteIT {
    private static final String PLAYERS = "SELECT CONCAT_WS(' ', id, name) FROM backup_it.players ORDER BY id";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Node primary;
    private Backups backups;

    @BeforeEach
    void players(Deployment deployment) {
        primary = deployment.replicaSet().primary();
        backups = Backups.in(directory, deployment.spares());
        execute(
                "DROP DATABASE IF EXISTS backup_it",
                "CREATE DATABASE backup_it",
                "CREATE TABLE backup_it.players (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20))",
                "INSERT INTO backup_it.players (name) VALUES ('Ada'), ('Grace'), ('Edsger')");
    }

    @AfterEach
    void close() {
        backups.close();
    }

    private void execute(String... statements) {
        for (String sql : statements) {
            Mysql.execute(primary, sql);
        }
    }

    private Gtid last() {
        String executed = GtidSets.executed(primary);
        long number =
                Long.parseLong(executed.substring(Math.max(executed.lastIndexOf('-'), executed.lastIndexOf(':')) + 1));
        return new Gtid(primary.serverUuid(), number);
    }

    @Test
    @DisplayName("is recovered to just before it, rows that were written after the backup too")
    void justBefore() throws Exception {
        backups.full("clone", primary);
        execute(
                "INSERT INTO backup_it.players (name) VALUES ('Barbara')",
                "UPDATE backup_it.players SET name = 'E. W.' WHERE id = 3");
        List<String> before = Mysql.texts(primary, PLAYERS);
        execute("DELETE FROM backup_it.players");
        Gtid deletion = last();
        execute("INSERT INTO backup_it.players (name) VALUES ('after it')");
        try (BinlogShipping shipping = backups.shipping(() -> primary)) {
            assertThat(shipping.ship()).hasSize(1);
        }

        try (RestoredServer restored = backups.recovery().to(Target.before(deletion))) {
            assertThat(Mysql.texts(restored.node(), PLAYERS)).isEqualTo(before).hasSize(4);
        }
        try (RestoredServer restored = backups.recovery().to(Target.upTo(deletion))) {
            assertThat(Mysql.texts(restored.node(), PLAYERS)).isEmpty();
        }
    }

    @Test
    @DisplayName("A segment that is not there is a gap, named before anything is restored")
    void aGap() throws Exception {
        backups.full("dump", primary);
        try (BinlogShipping shipping = backups.shipping(() -> primary)) {
            execute("INSERT INTO backup_it.players (name) VALUES ('1')");
            Manifest first = shipping.ship().get(0);
            execute(
                    "INSERT INTO backup_it.players (name) VALUES ('2')",
                    "INSERT INTO backup_it.players (name) VALUES ('3')");
            Manifest second = shipping.ship().get(0);
            execute("DELETE FROM backup_it.players");
            Gtid deletion = last();
            shipping.ship();
            assertThat(second.parent()).contains(first.id());
            backups.store().remove(List.of(second));

            assertThatThrownBy(() -> backups.recovery().to(Target.before(deletion)))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("a gap: the transactions " + second.gtids());
        }
    }

    @Test
    @DisplayName("After a failover, shipping goes on with the new primary, and recovery goes through both")
    void afterAFailover(Deployment deployment) throws Exception {
        Node replica = deployment.replicaSet().replicas().get(0);
        AtomicReference<Node> source = new AtomicReference<>(primary);
        Replication.awaitConvergence(deployment.replicaSet(), DEADLINE);
        backups.full("clone", replica);
        try (BinlogShipping shipping = backups.shipping(source::get)) {
            execute("INSERT INTO backup_it.players (name) VALUES ('before')");
            assertThat(shipping.ship()).hasSize(1);
            execute("INSERT INTO backup_it.players (name) VALUES ('unshipped')");
            Replication.awaitConvergence(deployment.replicaSet(), DEADLINE);
            Replication.setReadOnly(primary, true);
            Replication.forgetSource(replica);
            Replication.setReadOnly(replica, false);
            source.set(replica);
            Mysql.execute(replica, "INSERT INTO backup_it.players (name) VALUES ('after')");
            List<String> before = Mysql.texts(replica, PLAYERS);
            Mysql.execute(replica, "DELETE FROM backup_it.players");
            Gtid deletion = new Gtid(replica.serverUuid(), 2);
            assertThat(GtidSet.parse(GtidSets.executed(replica)).contains(deletion))
                    .isTrue();
            assertThat(shipping.ship()).isNotEmpty();
            assertThat(shipping.ship()).isEmpty();

            // The replica's file has all that the primary's have, and more: it is the last one, up to the target.
            try (RecoveryPlan plan = backups.recovery().plan(Target.before(deletion))) {
                assertThat(plan.segments().get(plan.segments().size() - 1).leadsOn())
                        .isFalse();
                assertThat(plan.segments())
                        .filteredOn(Segment::leadsOn)
                        .hasSize(plan.segments().size() - 1);
            }
            try (RestoredServer restored = backups.recovery().to(Target.before(deletion))) {
                assertThat(Mysql.texts(restored.node(), PLAYERS))
                        .isEqualTo(before)
                        .hasSize(6);
            }
        }
    }
}
