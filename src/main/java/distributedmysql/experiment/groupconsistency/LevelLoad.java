package distributedmysql.experiment.groupconsistency;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.gatling.internal.BlockingAction;
import distributedmysql.load.ConnectionPools;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.Node;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** The load under one level, as Gatling plays it, and what is read of the members meanwhile. Thread-safe. */
final class LevelLoad implements AutoCloseable {
    private static final String ROUND = "round";
    private static final int READY = 4;
    private static final Duration OPENING = Duration.ofSeconds(1);

    private record Round(Node secondary, Duration delay) {}

    private final TestRun run;
    private final GroupConsistencySettings settings;
    private final Level level;
    private final GroupTable table;
    private final AtomicLong ids;
    private final LevelRecord record = new LevelRecord();
    private final List<MemberQueues> queues;
    private final ExecutorService threads = BlockingAction.threads("group consistency");
    private volatile LevelClient client;
    private volatile long beganNanos;
    private volatile LoadTime time;

    /** @param ids of the rows, of all levels together */
    LevelLoad(TestRun run, Level level, GroupTable table, AtomicLong ids) {
        this.run = run;
        this.settings = run.settings().of(GroupConsistencySettings.class);
        this.level = level;
        this.table = table;
        this.ids = ids;
        this.queues = run.replicaSet().nodes().stream().map(MemberQueues::new).toList();
    }

    Level level() {
        return level;
    }

    /** For instance {@code group consistency AFTER}. */
    String name() {
        return "group consistency " + level;
    }

    LevelRecord record() {
        return record;
    }

    List<MemberQueues.Queues> queues() {
        return queues.stream().map(MemberQueues::seen).toList();
    }

    /** When it ran; null if it did not run to its end. */
    LoadTime time() {
        return time;
    }

    List<Step> steps() {
        Duration duration = settings.duration();
        List<Round> rounds = rounds();
        PopulationBuilder writers = scenario(name() + ", writers")
                .during(duration)
                .on(exec(action((session, requests) -> client.write(requests))))
                .injectOpen(atOnceUsers(settings.writers()));
        PopulationBuilder readers = scenario(name() + ", reads of secondaries")
                .exec(
                        feed(rounds.stream()
                                .map(round -> Map.<String, Object>of(ROUND, round))
                                .iterator()),
                        exec(action((session, requests) -> {
                            Round round = session.get(ROUND);
                            client.readAfterWrite(round.secondary, round.delay, requests);
                        })))
                .injectOpen(rampUsers(rounds.size()).during(duration));
        return List.of(
                run.alone(name() + ": opening connections", OPENING, this::open),
                new Step(name(), duration, List.of(writers, readers)),
                run.alone(name() + ": closing connections", Duration.ZERO, this::end));
    }

    private List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            for (Duration delay : settings.delays()) {
                run.replicaSet().replicas().forEach(secondary -> rounds.add(new Round(secondary, delay)));
            }
        }
        // No delay and no secondary has a part of the time to itself.
        Collections.shuffle(rounds, new Random(run.settings().data().seed()));
        return rounds;
    }

    private void open() {
        ConnectionPools pools = run.servers().ownPools(run.settings(), level.statement());
        client = new LevelClient(
                level, run.replicaSet(), pools, table, ids, run.events().clock(), record);
        client.open(READY, settings.writers());
        queues.forEach(MemberQueues::start);
        beganNanos = System.nanoTime();
    }

    private ActionBuilder action(BlockingAction.Body body) {
        BlockingAction factory = new BlockingAction(name(), threads, body);
        return () -> factory;
    }

    private void end() {
        time = new LoadTime(beganNanos, System.nanoTime());
        close();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        queues.forEach(MemberQueues::close);
        if (client != null) {
            client.close();
        }
    }
}
