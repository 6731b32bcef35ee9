package distributedmysql.experiment.groupconsistency;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Settings;
import distributedmysql.fault.Servers;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A group of three, one of whose secondaries cannot apply: somebody has locked the table there. */
@OwnServers(group = true)
class GroupConsistencyIT {
    private static final int ROUNDS = 10;
    private static final List<Long> DELAYS = List.of(0L);

    private static final AtomicLong IDS = new AtomicLong();

    private static ReplicaSet group;
    private static GroupTable table;
    private static Node held;
    private static Mysql locks;

    private final RunClock clock = new RunClock();
    private final LevelRecord record = new LevelRecord();
    private final List<Thread> rounds = new ArrayList<>();

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        group = servers;
        held = group.replicas().get(0);
        String database = TestServers.settings().data().database();
        new MarkedDatabase(group, database).prepare();
        table = new GroupTable(MarkedDatabase.quoted(database));
        table.create(group.primary());
        Replication.awaitConvergence(group, Servers.DEADLINE);
        locks = Mysql.open(held);
    }

    @AfterAll
    static void end() {
        locks.close();
    }

    @AfterEach
    void unlock() throws SQLException {
        locks.execute("UNLOCK TABLES");
        Replication.awaitConvergence(group, Servers.DEADLINE);
    }

    @Test
    @DisplayName(
            "EVENTUAL: every read of the secondary that is held back is stale; called BEFORE, the same is INVALID and named")
    void eventual() throws Exception {
        lock();
        play(Level.EVENTUAL);
        awaitRounds();

        assertThat(record.reads()).hasSize(ROUNDS).allMatch(SecondaryRead::isStale);
        assertThat(LevelReports.fresh(record.reads(), List.of(held.name()), DELAYS))
                .allMatch(cell -> cell.probabilityFresh() == 0);
        CheckResult planted = check(Level.BEFORE);
        assertThat(planted.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(planted.evidence())
                .startsWith("BEFORE on " + held.name() + ": row "
                        + record.reads().get(0).id() + ", acknowledged at ")
                .contains("; 10 answered reads, 10 stale, 0 failed");
    }

    @Test
    @DisplayName("BEFORE: writes are acknowledged at once, and reads wait for what is held back")
    void before() throws Exception {
        lock();
        play(Level.BEFORE);
        awaitWritten(held, ROUNDS);
        assertThat(record.reads()).isEmpty();
        locks.execute("UNLOCK TABLES");
        awaitRounds();

        assertFresh(Level.BEFORE);
    }

    @Test
    @DisplayName("AFTER: no write is acknowledged while one member cannot apply it")
    void after() throws Exception {
        lock();
        play(Level.AFTER);
        awaitWritten(held, ROUNDS);
        assertThat(rounds).allMatch(Thread::isAlive);
        assertThat(record.reads()).isEmpty();
        locks.execute("UNLOCK TABLES");
        awaitRounds();

        assertFresh(Level.AFTER);
    }

    @Test
    void beforeAndAfter() throws Exception {
        lock();
        play(Level.BEFORE_AND_AFTER);
        awaitWritten(held, 1);
        locks.execute("UNLOCK TABLES");
        awaitRounds();

        assertFresh(Level.BEFORE_AND_AFTER);
    }

    @Test
    @DisplayName("The queue of the member that is held back is seen, and of no other")
    void queues() throws Exception {
        try (MemberQueues ofHeld = new MemberQueues(held);
                MemberQueues ofOther = new MemberQueues(group.replicas().get(1))) {
            ofHeld.start();
            ofOther.start();
            lock();
            play(Level.EVENTUAL);
            awaitRounds();
            Servers.await(
                    "the queue",
                    () -> ofHeld.seen().applier() > 0,
                    () -> ofHeld.seen().toString());
            assertThat(ofHeld.seen().flowControl()).isFalse();
            assertThat(ofHeld.seen().applier()).isGreaterThan(ofOther.seen().applier());
        }
    }

    private void assertFresh(Level level) {
        assertThat(record.reads()).hasSize(ROUNDS).noneMatch(SecondaryRead::isStale);
        assertThat(check(level).verdict()).isEqualTo(Verdict.VALID);
    }

    private CheckResult check(Level level) {
        return GroupConsistencyChecks.check(level, record.reads(), List.of(held.name()), DELAYS, ROUNDS);
    }

    /** Reads go on; what is replicated waits. */
    private static void lock() throws SQLException {
        locks.execute("LOCK TABLES " + table.name() + " READ");
    }

    /** Each round on a thread of its own. */
    private void play(Level level) {
        Settings settings = TestServers.settings();
        ConnectionPools pools = new ConnectionPools(
                Shards.only(group), settings.data().database(), settings.connection(), level.statement());
        LevelClient client = new LevelClient(level, group, pools, table, IDS, clock, record);
        for (int i = 0; i < ROUNDS; i++) {
            Thread thread = new Thread(
                    () -> client.readAfterWrite(
                            held,
                            Duration.ZERO,
                            (request, start, end, failure) ->
                                    assertThat(failure).isNull()),
                    "round");
            rounds.add(thread);
            thread.start();
        }
    }

    /** The group has agreed upon so many transactions that the member has not applied. */
    private static void awaitWritten(Node member, int count) {
        String sql = "SELECT COUNT_TRANSACTIONS_REMOTE_IN_APPLIER_QUEUE FROM"
                + " performance_schema.replication_group_member_stats WHERE MEMBER_ID = @@global.server_uuid";
        Servers.await(
                member + ": " + count + " in its queue",
                () -> Long.parseLong(Mysql.text(member, sql)) >= count,
                () -> Mysql.text(member, sql));
    }

    private void awaitRounds() throws InterruptedException {
        for (Thread round : rounds) {
            round.join(Servers.DEADLINE.toMillis());
            assertThat(round.isAlive()).isFalse();
        }
    }
}
