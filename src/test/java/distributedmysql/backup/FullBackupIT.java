package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OwnServers(replicas = 1)
@DisplayName("A full backup that is taken while writers work is restored to exactly its GTIDs")
class FullBackupIT {
    @TempDir
    private Path directory;

    private Node primary;
    private Node replica;
    private Backups backups;

    @BeforeEach
    void servers(Deployment deployment) {
        primary = deployment.replicaSet().primary();
        replica = deployment.replicaSet().replicas().get(0);
        backups = Backups.in(directory, deployment.spares());
        Mysql.execute(primary, "DROP DATABASE IF EXISTS backup_it");
    }

    @AfterEach
    void close() {
        backups.close();
    }

    @ParameterizedTest
    @CsvSource({"clone, primary", "clone, replica", "dump, primary", "dump, replica"})
    void underWriters(String strategy, String role) throws Exception {
        StoredBackup full;
        NumberedWrites writes = NumberedWrites.start(() -> primary, 4);
        try (writes) {
            await().until(() -> writes.count() > 200);
            full = backups.full(strategy, role.equals("primary") ? primary : replica);
            long then = writes.count();
            await().until(() -> writes.count() > then + 200);
        }
        try (RestoredServer restored = backups.restore().of(full)) {
            assertThat(GtidSet.parse(GtidSets.executed(restored.node()))).isEqualTo(full.gtids());
            assertThat(NumberedWrites.idsOn(restored.node()))
                    .isEqualTo(writes.idsIn(full.gtids()))
                    .isNotEmpty();
            assertThat(writes.idsIn(full.gtids()).size()).isLessThan((int) writes.count());
            assertThat(restored.node().serverUuid()).isNotIn(primary.serverUuid(), replica.serverUuid());
        }
        assertThat(backups.store().list().usable()).containsExactly(full.manifest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"clone", "dump"})
    @DisplayName("Right after an INSTANT column change too, with routines, triggers, events and accounts")
    void afterAnInstantChange(String strategy) throws Exception {
        for (String sql : List.of(
                "SET GLOBAL event_scheduler = OFF",
                "CREATE DATABASE backup_it",
                "CREATE TABLE backup_it.t (id INT PRIMARY KEY, a VARCHAR(20))",
                "INSERT INTO backup_it.t VALUES (1, 'one'), (2, NULL)",
                "ALTER TABLE backup_it.t ADD COLUMN b INT NOT NULL DEFAULT 7, ALGORITHM=INSTANT",
                "INSERT INTO backup_it.t VALUES (3, 'three', 8)",
                "ALTER TABLE backup_it.t DROP COLUMN a, ALGORITHM=INSTANT",
                "CREATE TRIGGER backup_it.r BEFORE INSERT ON backup_it.t FOR EACH ROW SET NEW.b = NEW.b + 1",
                "CREATE PROCEDURE backup_it.p() SELECT 1",
                "CREATE EVENT backup_it.e ON SCHEDULE EVERY 1 SECOND DO INSERT INTO backup_it.t VALUES (RAND() * 1e9,"
                        + " 0)",
                "DROP USER IF EXISTS somebody@localhost",
                "CREATE USER somebody@localhost IDENTIFIED BY 'secret'")) {
            Mysql.execute(primary, sql);
        }
        StoredBackup full = backups.full(strategy, primary);

        try (RestoredServer restored = backups.restore().of(full)) {
            Node node = restored.node();
            assertThat(Mysql.texts(node, "SELECT CONCAT(id, ' ', b) FROM backup_it.t ORDER BY id"))
                    .containsExactly("1 7", "2 7", "3 8");
            assertThat(Mysql.texts(
                            node,
                            "SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = 'backup_it'"
                                    + " UNION ALL SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE"
                                    + " TRIGGER_SCHEMA = 'backup_it' UNION ALL SELECT EVENT_NAME FROM"
                                    + " information_schema.EVENTS"))
                    .containsExactlyInAnyOrder("p", "r", "e");
            assertThat(Mysql.texts(node, "SELECT user FROM mysql.user WHERE user IN ('somebody', 'framework', 'load')"))
                    .hasSize(3);
        }
    }

    @Test
    @DisplayName("Nothing of a restored server or of a copy is left")
    void nothingIsLeft(Deployment deployment) throws Exception {
        Path run = deployment.spares().newPath("none").getParent();
        List<Path> before = entries(run);
        StoredBackup full = backups.full("clone", primary);
        backups.restore().of(full).close();

        assertThat(entries(run)).isEqualTo(before);
    }

    private static List<Path> entries(Path run) throws Exception {
        try (var files = java.nio.file.Files.list(run)) {
            return files.sorted().toList();
        }
    }
}
