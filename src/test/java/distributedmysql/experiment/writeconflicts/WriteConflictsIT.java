package distributedmysql.experiment.writeconflicts;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Settings;
import distributedmysql.fault.Servers;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clients of all members of a real group, on one counter and on many. */
@OwnServers(multiPrimary = true)
class WriteConflictsIT {
    private static final List<Integer> TURNS = List.of(1, 1_000);
    private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final Increments INCREMENTS = new Increments();
    private static ReplicaSet group;
    private static CounterTable table;
    private static ConflictRecord one;
    private static ConflictRecord many;

    @BeforeAll
    static void play(ReplicaSet servers) throws InterruptedException {
        group = servers;
        Settings settings = TestServers.settings();
        String database = settings.data().database();
        new MarkedDatabase(group, database).prepare();
        table = new CounterTable(MarkedDatabase.quoted(database));
        table.create(group.primary(), TURNS);
        Replication.awaitConvergence(group, Servers.DEADLINE);
        try (ConnectionPools pools = new ConnectionPools(group, database, settings.connection())) {
            one = turn(pools, 1);
            many = turn(pools, 1_000);
        }
    }

    private static ConflictRecord turn(ConnectionPools pools, int keys) throws InterruptedException {
        List<String> members = group.nodes().stream().map(Node::name).toList();
        ConflictRecord record = new ConflictRecord(keys, members);
        ConflictClient client = new ConflictClient(pools, table, INCREMENTS, record);
        List<Thread> clients = new ArrayList<>();
        long end = System.nanoTime() + TURN_NANOS;
        for (Node member : group.nodes()) {
            Thread thread = new Thread(
                    () -> {
                        for (int i = 0; System.nanoTime() < end; i++) {
                            client.increment(member, new Counter(keys, i % keys), (name, start, stop, failure) -> {});
                        }
                    },
                    "client of " + member.name());
            clients.add(thread);
            thread.start();
        }
        for (Thread thread : clients) {
            thread.join(Servers.DEADLINE.toMillis());
        }
        return record;
    }

    @Test
    @DisplayName(
            "Every member acknowledges writes; on one counter some are rolled back, and all that were acknowledged are there")
    void valid() {
        for (ConflictRecord record : List.of(one, many)) {
            assertThat(record.turn(Map.of()).members())
                    .hasSize(3)
                    .allSatisfy(member -> assertThat(member.acknowledged()).isPositive());
        }
        assertThat(one.turn(Map.of()).rolledBack()).isPositive();
        System.out.println("one counter: " + one.turn(Map.of()) + "\nmany: " + many.turn(Map.of()));

        CheckResult result = check();
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("An acknowledged increment that somebody takes away, and one that nobody sent, are INVALID and named")
    void planted() {
        Counter counter = new Counter(1_000, 3);
        long told = INCREMENTS.told().get(counter).acknowledged();
        String of = "node1: counter 3 of 1000 is %d, after %d acknowledged increment" + (told == 1 ? "" : "s")
                + " and 0" + " with an unknown end: %s; ";

        add(group.replicas().get(0), counter, -1);
        assertInvalid(of.formatted(told - 1, told, "1 lost"));
        add(group.replicas().get(1), counter, 3);
        assertInvalid(of.formatted(told + 2, told, "2 too many"));
        add(group.primary(), counter, -2);
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
    }

    private static void add(Node member, Counter counter, int by) {
        Mysql.execute(
                member,
                "UPDATE " + table.name() + " SET value = value + " + by + " WHERE of_keys = " + counter.keys()
                        + " AND counter_id = " + counter.id());
    }

    private static void assertInvalid(String evidence) {
        CheckResult result = check();
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith(evidence);
    }

    private static CheckResult check() {
        Replication.awaitConvergence(group, Servers.DEADLINE);
        Map<String, Map<Counter, Long>> values = new TreeMap<>();
        group.nodes().forEach(node -> values.put(node.name(), table.read(node)));
        return IncrementsCheck.check(TURNS, INCREMENTS.told(), INCREMENTS.rolledBack(), values);
    }
}
