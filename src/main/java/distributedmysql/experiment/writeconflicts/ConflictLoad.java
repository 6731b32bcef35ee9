package distributedmysql.experiment.writeconflicts;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Turn;
import distributedmysql.gatling.internal.BlockingAction;
import distributedmysql.load.ConnectionPools;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;

/** One turn: the load on all members, as Gatling plays it, and what they counted meanwhile. Thread-safe. */
final class ConflictLoad implements AutoCloseable {
    private static final String DETECTED = "SELECT COUNT_CONFLICTS_DETECTED"
            + " FROM performance_schema.replication_group_member_stats WHERE MEMBER_ID = @@global.server_uuid";

    private static final Duration OPENING = Duration.ofSeconds(1);

    private final TestRun run;
    private final WriteConflictsSettings settings;
    private final int keys;
    private final CounterTable table;
    private final Increments increments;
    private final ConflictRecord record;
    private final Random random;
    private final ExecutorService threads = BlockingAction.threads("write conflicts");
    private volatile ConnectionPools pools;
    private volatile ConflictClient client;
    private volatile Map<String, Long> before = Map.of();
    private volatile long beganNanos;
    private volatile LoadTime time;
    private volatile Turn turn;

    /** @param keys how many counters there are */
    ConflictLoad(TestRun run, int keys, CounterTable table, Increments increments) {
        this.run = run;
        this.settings = run.settings().of(WriteConflictsSettings.class);
        this.keys = keys;
        this.table = table;
        this.increments = increments;
        this.record = new ConflictRecord(
                keys, run.replicaSet().nodes().stream().map(Node::name).toList());
        this.random = new Random(run.settings().data().seed() + keys);
    }

    /** For instance {@code write conflicts, 10 keys}. */
    static String name(int keys) {
        return "write conflicts, keys in common: " + keys;
    }

    String name() {
        return name(keys);
    }

    /** When it ran; null if it did not run to its end. */
    LoadTime time() {
        return time;
    }

    /** What was measured; null if it did not run to its end. */
    Turn turn() {
        return turn;
    }

    List<Step> steps() {
        List<PopulationBuilder> members =
                run.replicaSet().nodes().stream().map(this::clients).toList();
        return List.of(
                run.alone(name() + ": opening connections", OPENING, this::open),
                new Step(name(), settings.duration(), members),
                run.alone(name() + ": closing connections", Duration.ZERO, this::end));
    }

    private PopulationBuilder clients(Node member) {
        BlockingAction factory = new BlockingAction(
                name(),
                threads,
                (session, requests) -> client.increment(member, new Counter(keys, random.nextInt(keys)), requests));
        ActionBuilder action = () -> factory;
        return scenario(name() + ", " + member.name())
                .during(settings.duration())
                .on(exec(action))
                .injectOpen(atOnceUsers(settings.clients()));
    }

    private void open() {
        pools = run.servers().ownPools(run.settings(), null);
        run.replicaSet().nodes().forEach(node -> pools.of(node).open(settings.clients()));
        client = new ConflictClient(pools, table, increments, record);
        before = detected();
        beganNanos = System.nanoTime();
    }

    private void end() {
        time = new LoadTime(beganNanos, System.nanoTime());
        Map<String, Long> grown = new HashMap<>();
        detected().forEach((member, count) -> grown.put(member, count - before.getOrDefault(member, 0L)));
        turn = record.turn(grown);
        close();
    }

    private Map<String, Long> detected() {
        Map<String, Long> counts = new HashMap<>();
        run.replicaSet().nodes().forEach(node -> counts.put(node.name(), Long.parseLong(Mysql.text(node, DETECTED))));
        return counts;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        if (pools != null) {
            pools.close();
        }
    }
}
