package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import distributedmysql.backup.store.Judgement;
import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OwnServers(replicas = 0)
@DisplayName("A server is recovered to exactly one transaction or time")
class RecoveryIT {
    @TempDir
    private static Path directory;

    private static Node primary;
    private static Backups backups;
    private static NumberedWrites writes;
    private static StoredBackup first;
    private static List<Manifest> segments;
    private static Instant between;
    private static GtidSet atTime;

    /** Two full backups under writers, segments before, between and after them. */
    @BeforeAll
    static void ship(Deployment deployment) throws Exception {
        primary = deployment.replicaSet().primary();
        backups = Backups.in(directory, deployment.spares());
        writes = NumberedWrites.start(() -> primary, 4);
        try (NumberedWrites running = writes) {
            more();
            first = backups.full("dump", primary);
            try (BinlogShipping shipping = backups.shipping(() -> primary)) {
                shipping.every(Duration.ofMillis(300));
                more();
                StoredBackup second = backups.full("clone", primary);
                shipping.follow(second.manifest());
                more();
                running.pause();
                between = Mysql.ask(primary, "tell its time", SourceClock::now);
                atTime = GtidSet.parse(GtidSets.executed(primary));
                running.resume();
                more();
                // Something after that time must be stored, however slow the machine is.
                shipping.ship();
            }
            more();
        }
        segments = backups.store().list().usable().stream()
                .filter(backup -> backup.origin().strategy().equals(BinlogShipping.NAME))
                .toList();
    }

    private static void more() {
        long then = writes.count();
        await().atMost(Duration.ofMinutes(1)).until(() -> writes.count() > then + 500);
    }

    @AfterAll
    static void close() {
        backups.close();
    }

    /** After the first full backup. */
    private static List<Gtid> shipped() {
        GtidSet.Builder all = new GtidSet.Builder();
        segments.forEach(segment -> all.add(GtidSet.parse(segment.gtids())));
        GtidSet set = all.build().minus(first.gtids());
        return writes.gtids().stream().filter(set::contains).toList();
    }

    private static void recovered(Target target, GtidSet expected) throws Exception {
        try (RestoredServer restored = backups.recovery().to(target)) {
            assertThat(GtidSet.parse(GtidSets.executed(restored.node()))).isEqualTo(expected);
            assertThat(NumberedWrites.idsOn(restored.node())).isEqualTo(writes.idsIn(expected));
            assertThat(Mysql.texts(
                            restored.node(), "SELECT 1 FROM performance_schema.replication_connection_configuration"))
                    .isEmpty();
        }
    }

    private static GtidSet upTo(Gtid gtid) {
        return new GtidSet.Builder().add(gtid.source(), 1, gtid.number()).build();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.4, 1.0})
    void toOne(double place) throws Exception {
        List<Gtid> all = shipped();
        Gtid target = all.get((int) (place * (all.size() - 1)));

        recovered(Target.upTo(target), upTo(target));
    }

    @Test
    @Tag("nightly")
    void toTwentyAtRandom() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Gtid> all = shipped();
        for (int i = 0; i < 20; i++) {
            Gtid target = all.get(random.nextInt(all.size()));
            System.out.println("seed " + seed + ", " + i + ": " + target);
            recovered(Target.upTo(target), upTo(target));
        }
    }

    @Test
    void toJustBefore() throws Exception {
        List<Gtid> all = shipped();
        Gtid target = all.get(all.size() / 2);

        recovered(Target.before(target), upTo(new Gtid(target.source(), target.number() - 1)));
    }

    @Test
    void toATime() throws Exception {
        recovered(Target.at(between), atTime);
    }

    @Test
    @DisplayName("One that was found wrong is what it begins with only if there is no other one")
    void foundWrong() throws Exception {
        List<Gtid> all = shipped();
        Target last = Target.upTo(all.get(all.size() - 1));
        try (RecoveryPlan before = backups.recovery().plan(last)) {
            Manifest newest = before.full().manifest();
            backups.store().judge(newest, new Judgement(false, Instant.now(), "a row is missing"));
            try (RecoveryPlan after = backups.recovery().plan(last)) {
                assertThat(newest).isNotEqualTo(first.manifest());
                assertThat(after.full()).isEqualTo(first);
            } finally {
                backups.store().judge(newest, new Judgement(true, Instant.now(), "all is there"));
            }
        }
    }

    @Test
    @DisplayName("The newest full backup before the target is what it begins with")
    void newestFull() throws Exception {
        List<Gtid> all = shipped();
        try (RecoveryPlan first = backups.recovery().plan(Target.upTo(all.get(0)));
                RecoveryPlan last = backups.recovery().plan(Target.upTo(all.get(all.size() - 1)))) {
            assertThat(first.full().manifest().origin().strategy()).isEqualTo("dump");
            assertThat(last.full().manifest().origin().strategy()).isEqualTo("clone");
        }
    }

    @Test
    void outsideOfWhatIsStored() {
        Gtid after = new Gtid(primary.serverUuid(), 1_000_000_000);
        assertThatThrownBy(() -> backups.recovery().plan(Target.upTo(after)))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("it is in no stored backup");
        Gtid before = new Gtid(primary.serverUuid(), 2);
        assertThatThrownBy(() -> backups.recovery().plan(Target.upTo(before)))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("no full backup before it; the oldest is " + first);
        assertThatThrownBy(() -> backups.recovery().plan(Target.at(Instant.now().plusSeconds(60))))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("the stored binary logs end at");
        assertThatThrownBy(() -> backups.recovery().plan(Target.at(Instant.now().minusSeconds(3600))))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("no full backup before it");
    }

    @Test
    void segmentsHoldEachTransactionOnce() {
        GtidSet.Builder all = new GtidSet.Builder();
        long sum = 0;
        List<Long> counts = new ArrayList<>();
        for (Manifest segment : segments) {
            GtidSet gtids = GtidSet.parse(segment.gtids());
            all.add(gtids);
            sum += gtids.count();
            counts.add(gtids.count());
        }
        assertThat(counts).hasSizeGreaterThan(3);
        assertThat(all.build().count()).isEqualTo(sum);
    }
}
