package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.external.Hook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OwnServers(replicas = 0)
@DisplayName("Backups by the user's own commands")
class HookBackupIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Deployment deployment;
    private Node primary;
    private Backups backups;

    @BeforeEach
    void servers(Deployment servers) {
        deployment = servers;
        primary = servers.replicaSet().primary();
        backups = Backups.in(directory, servers.spares());
        Mysql.execute(primary, "DROP DATABASE IF EXISTS backup_it");
    }

    private static Hook hook(String name, String command) {
        return new Hook("backup.hooks." + name, command, Set.of(), new EventLog());
    }

    private HookBackup strategy(String full, String incremental, String prepare, String restore) {
        HookBackup.Hooks hooks = new HookBackup.Hooks(
                Optional.of(hook("full", full)),
                Optional.of(hook("incremental", incremental)),
                Optional.of(hook("prepare", prepare)),
                hook("restore", restore),
                true);
        return new HookBackup(deployment.spares(), hooks, LIMIT);
    }

    private String program(String name) {
        return deployment.spares().program(name).file().toString();
    }

    /** As a user of mysqldump would, who lets it write a file. */
    private String dump() {
        return program("mysqldump") + " --defaults-file=\"$CLIENT_OPTIONS\" --single-transaction --databases backup_it"
                + " --set-gtid-purged=COMMENTED > \"$BACKUP_DIRECTORY/dump.sql\" && tr -d '\\n"
                + "' < \"$BACKUP_DIRECTORY/dump.sql\" | sed"
                + " \"s/.*GTID_PURGED=[^']*'[+]*\\([^']*\\)'.*/\\1/\" > \"$BACKUP_GTIDS\" && cat"
                + " \"$CLIENT_OPTIONS\"";
    }

    @Test
    @DisplayName("A full backup, an incremental one, binary logs after it")
    void fullIncrementalAndBinaryLogs() throws Exception {
        // The incremental one is another whole dump; that it is applied after the full one is what is to be seen.
        String load = "cat \"$BACKUP_DIRECTORY/dump.sql\" \"$BACKUP_INCREMENTALS/dump.sql\" | " + program("mysql")
                + " --defaults-file=\"$CLIENT_OPTIONS\"";
        HookBackup hooks =
                strategy(dump(), "test -n \"$PARENT_GTIDS\" && " + dump(), "test -s $BACKUP_DIRECTORY/dump.sql", load);
        Backups with = new Backups(backups.store(), backups.spares(), List.of(hooks));
        NumberedWrites writes = NumberedWrites.start(() -> primary, 2);
        StoredBackup full;
        NewBackup incremental;
        try (writes) {
            await().until(() -> writes.count() > 100);
            NewBackup first = NewBackup.full(hooks, primary, 0, with.store());
            assertThat(first.taken().said())
                    .contains("password=\"…\"")
                    .doesNotContain(primary.admin().password().text());
            full = new StoredBackup(with.store(), first.manifest());
            long then = writes.count();
            await().until(() -> writes.count() > then + 100);
            incremental = NewBackup.incremental(hooks, primary, full, full.gtids());
            await().until(() -> writes.count() > then + 300);
        }
        assertThat(GtidSet.parse(incremental.manifest().gtids()).within(full.gtids()))
                .isEqualTo(GtidSet.EMPTY);
        try (BinlogShipping shipping = with.shipping(() -> primary)) {
            shipping.ship();
        }
        GtidSet all = GtidSet.parse(GtidSets.executed(primary));
        try (RecoveryPlan plan = with.recovery()
                .plan(Target.upTo(writes.gtids().get(writes.gtids().size() - 1)))) {
            assertThat(plan.incrementals()).hasSize(1);
            try (RestoredServer restored = with.recovery().run(plan)) {
                assertThat(restored.gtids()).isEqualTo(all);
                assertThat(NumberedWrites.idsOn(restored.node())).isEqualTo(writes.idsIn(all));
            }
        }
    }

    @Test
    @DisplayName("One that fails, that does not say its GTIDs, that takes too long: no backup, and what it said")
    void failures() throws Exception {
        BackupStore store = backups.store();
        assertThatThrownBy(() -> NewBackup.full(strategy("echo no room >&2; exit 3", "", "", ""), primary, 0, store))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("backup.hooks.full = echo no room")
                .hasMessageContaining("exit code 3: no room");
        assertThatThrownBy(() -> NewBackup.full(strategy("true", "", "", ""), primary, 0, store))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("BACKUP_GTIDS");
        assertThatThrownBy(() -> NewBackup.full(strategy("echo x > $BACKUP_GTIDS", "", "", ""), primary, 0, store))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("'x' is no set of GTIDs");
        HookBackup slow = new HookBackup(
                deployment.spares(),
                new HookBackup.Hooks(
                        Optional.of(hook("full", "sleep 60")),
                        Optional.empty(),
                        Optional.empty(),
                        hook("restore", ""),
                        true),
                Duration.ofMillis(200));
        assertThatThrownBy(() -> NewBackup.full(slow, primary, 0, store))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("did not end within");

        assertThat(store.list().usable()).isEmpty();
        assertThat(store.list().unfinished()).isEmpty();
    }
}
