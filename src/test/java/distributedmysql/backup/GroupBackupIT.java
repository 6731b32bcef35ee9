package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OwnServers(group = true)
@Tag("nightly")
@DisplayName("Members of a group are backed up and recovered as other servers are")
class GroupBackupIT {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"clone, primary", "clone, secondary", "dump, secondary"})
    void fullAndRecovery(String strategy, String role, Deployment deployment) throws Exception {
        Node primary = deployment.replicaSet().primary();
        Node source = role.equals("primary")
                ? primary
                : deployment.replicaSet().replicas().get(0);
        // What a test before this one has left is gone everywhere.
        Mysql.execute(primary, "DROP DATABASE IF EXISTS backup_it");
        String executed = GtidSets.executed(primary);
        assertThat(Mysql.text(source, "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, 60)", executed))
                .isEqualTo("0");
        try (Backups backups = Backups.in(directory, deployment.spares())) {
            NumberedWrites writes = NumberedWrites.start(() -> primary, 4);
            try (NumberedWrites running = writes) {
                await().until(() -> running.count() > 50);
                StoredBackup full = backups.full(strategy, source);
                long then = running.count();
                await().until(() -> running.count() > then + 100);
                GtidSet.Builder shipped = new GtidSet.Builder();
                try (BinlogShipping shipping = backups.shipping(() -> primary)) {
                    shipping.ship().forEach(segment -> shipped.add(GtidSet.parse(segment.gtids())));
                }
                GtidSet after = shipped.build().minus(full.gtids());
                try (RestoredServer restored = backups.restore().of(full)) {
                    assertThat(NumberedWrites.idsOn(restored.node())).isEqualTo(writes.idsIn(full.gtids()));
                }
                List<Gtid> later =
                        writes.gtids().stream().filter(after::contains).toList();
                // A member commits in another order than that of the numbers, which all agree on before.
                Gtid target = later.get(later.size() / 2);
                try (RestoredServer restored = backups.recovery().to(Target.upTo(target))) {
                    assertThat(restored.gtids().contains(target)).isTrue();
                    assertThat(later).anyMatch(gtid -> !restored.gtids().contains(gtid));
                    assertThat(NumberedWrites.idsOn(restored.node())).isEqualTo(writes.idsIn(restored.gtids()));
                }
            }
        }
    }
}
