package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@OwnServers(replicas = 0)
@DisplayName("Nothing is restored from a backup that is damaged: the message names the file, and no server is left")
class DamagedRestoreIT {
    @TempDir
    private static Path directory;

    private static Backups backups;
    private static StoredBackup clone;
    private static StoredBackup dump;
    private static List<Manifest> segments;
    private static Path run;

    /** What happens to a file. */
    enum Damage {
        ONE_BIT(bytes -> {
            bytes[new Random().nextInt(bytes.length)] ^= (byte) (1 << new Random().nextInt(8));
            return bytes;
        }),
        A_CHUNK_CUT_OUT(bytes -> joined(bytes, 0, bytes.length / 3, bytes.length / 2, bytes.length)),
        THE_END_CUT_OFF(bytes -> Arrays.copyOf(bytes, bytes.length - 1 - new Random().nextInt(bytes.length - 1))),
        TWO_CHUNKS_SWAPPED(bytes -> joined(bytes, bytes.length / 2, bytes.length, 0, bytes.length / 2)),
        EMPTY(bytes -> new byte[0]),
        MISSING(bytes -> null);

        private final UnaryOperator<byte[]> change;

        Damage(UnaryOperator<byte[]> change) {
            this.change = change;
        }

        private static byte[] joined(byte[] bytes, int from, int to, int next, int end) {
            byte[] joined = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), to - from + end - next);
            System.arraycopy(bytes, next, joined, to - from, end - next);
            return joined;
        }

        void to(Path file) throws IOException {
            byte[] changed = change.apply(Files.readAllBytes(file));
            if (changed == null) {
                Files.delete(file);
            } else {
                Files.write(file, changed);
            }
        }
    }

    @BeforeAll
    static void take(Deployment deployment) throws Exception {
        Node primary = deployment.replicaSet().primary();
        run = deployment.spares().newPath("none").getParent();
        backups = Backups.in(directory, deployment.spares());
        Mysql.execute(primary, "CREATE DATABASE backup_it");
        dump = backups.full("dump", primary);
        clone = backups.full("clone", primary);
        try (BinlogShipping shipping = backups.shipping(() -> primary)) {
            for (int i = 1; i <= 3; i++) {
                Mysql.execute(primary, "CREATE TABLE backup_it.t" + i + " (id INT PRIMARY KEY)");
                shipping.ship();
            }
        }
        segments = backups.store().list().usable().stream()
                .filter(backup -> backup.origin().strategy().equals(BinlogShipping.NAME))
                .toList();
    }

    @AfterAll
    static void close() {
        backups.close();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void refused(Path file, Damage damage, Attempt attempt) throws Exception {
        byte[] whole = Files.readAllBytes(file);
        List<Path> before = entries();
        damage.to(file);
        try {
            assertThatThrownBy(attempt::run)
                    .as(damage + " of " + file)
                    .hasMessageContaining(file.getParent().getFileName().toString());
        } finally {
            Files.write(file, whole);
        }
        assertThat(entries()).isEqualTo(before);
    }

    private static List<Path> entries() throws IOException {
        try (var files = Files.list(run)) {
            return files.sorted().toList();
        }
    }

    private static Path file(Manifest backup) {
        return directory.resolve(backup.id()).resolve(backup.objects().get(0).name());
    }

    private static Target last() {
        GtidSet gtids = GtidSet.parse(segments.get(2).gtids());
        return Target.upTo(Gtid.parse(gtids.toString()));
    }

    @ParameterizedTest
    @EnumSource
    void ofAFullBackup(Damage damage) throws Exception {
        refused(
                file(clone.manifest()),
                damage,
                () -> backups.restore().of(clone).close());
        refused(file(dump.manifest()), damage, () -> backups.restore().of(dump).close());
    }

    @ParameterizedTest
    @EnumSource
    void ofABinaryLog(Damage damage) throws Exception {
        for (Manifest segment : segments) {
            refused(file(segment), damage, () -> backups.recovery().to(last()).close());
        }
    }

    @Test
    @DisplayName("Two binary logs that have changed places")
    void swapped() throws Exception {
        Path first = file(segments.get(0));
        Path second = file(segments.get(1));
        byte[] bytes = Files.readAllBytes(first);
        refused(second, Damage.EMPTY, () -> {
            Files.write(second, bytes);
            backups.recovery().to(last()).close();
        });
    }

    @Test
    @DisplayName("A manifest of another backup")
    void anothersManifest() throws Exception {
        Path manifest = manifest(segments.get(1));
        byte[] another = Files.readAllBytes(manifest(segments.get(0)));
        refused(manifest, Damage.EMPTY, () -> {
            Files.write(manifest, another);
            backups.recovery().to(last()).close();
        });
    }

    private static Path manifest(Manifest backup) throws IOException {
        try (var files = Files.list(directory.resolve(backup.id()))) {
            return files.filter(file -> file.getFileName().toString().startsWith("manifest"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theWrongKey() throws Exception {
        try (Backups others = Backups.in(directory, backups.spares(), new byte[] {1})) {
            assertThat(others.store().list().usable()).isEmpty();
            StoredBackup read = new StoredBackup(others.store(), clone.manifest());
            assertThatThrownBy(() -> others.restore().of(read))
                    .hasMessageContaining(clone.manifest().id());
            assertThatThrownBy(() -> others.recovery().plan(last())).isInstanceOf(BackupException.class);
        }
    }

    @Test
    void whatIsWholeIsRestored() throws Exception {
        backups.restore().of(clone).close();
        try (RestoredServer restored = backups.recovery().to(last())) {
            assertThat(Mysql.texts(restored.node(), "SHOW TABLES IN backup_it")).containsExactly("t1", "t2", "t3");
        }
    }
}
