package distributedmysql.ledger;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.config.Plural;
import distributedmysql.history.Ledger;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.run.Check;
import distributedmysql.run.RunServers;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Numbered writes to the primaries and reads of the replicas, which fill one {@link Ledger} for each shard. First {@link #create}, then as many
 * {@link #step}s as there are, then {@link #readNodes}, then {@link #checks}. The table is the same for all loads of a run, so one
 * load must be over before the next one is created. Thread-safe.
 */
public final class LedgerLoad implements AutoCloseable {
    private final RunServers servers;
    private final LedgerPlan plan;
    private final RunClock clock;
    private final LedgerTable table;
    private final LedgerClient client;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile long createdMicros;
    private ConnectionPools pools;
    private ConnectionFeeder routes;

    /** Every request is meant to succeed. */
    public LedgerLoad(TestRun run, LedgerPlan plan) {
        this(run.servers(), plan, run.events().clock(), PlannedOutage.NONE);
    }

    /** @param outage when requests are meant to fail */
    public LedgerLoad(RunServers servers, LedgerPlan plan, RunClock clock, PlannedOutage outage) {
        this.servers = servers;
        this.plan = plan;
        this.clock = clock;
        this.table = new LedgerTable(MarkedDatabase.quoted(plan.database()));
        long followedMicros = servers.endpoints()
                .map(endpoints -> endpoints.limit().toNanos() / 1_000)
                .orElse(0L);
        this.client = new LedgerClient(table, clock, outage.longer(followedMicros), shards());
    }

    /**
     * What clients know so far, and what {@link #present} has read, of the first shard: of everything, where there is no
     * other.
     */
    public Ledger ledger() {
        return ledger(0);
    }

    /**
     * The same of a shard.
     *
     * @param shard from 0 on
     */
    public Ledger ledger(int shard) {
        return client.ledger(shard);
    }

    public LedgerTable table() {
        return table;
    }

    /**
     * Makes the table on the primary of each shard, empty; returns when every replica has it.
     *
     * @throws TopologyException if that does not come about before the deadline
     */
    public void create() {
        for (ReplicaSet shard : shards().all()) {
            Node primary = shard.primary();
            Await.success(primary + ": " + table.name(), plan.deadline(), () -> table.create(primary));
            Replication.awaitConvergence(shard, plan.deadline());
        }
        createdMicros = clock.micros();
    }

    /**
     * Writes and reads arrive for so long, and meanwhile one user does something once.
     *
     * @param expected about how long the step takes
     */
    public Step step(TestRun run, String name, Duration expected, Duration load, Runnable meanwhile) {
        return step(run, name, expected, load, () -> true, meanwhile);
    }

    /**
     * The same.
     *
     * @param wanted is asked when each arrives; it is not sent if it is not wanted
     */
    public Step step(
            TestRun run, String name, Duration expected, Duration load, BooleanSupplier wanted, Runnable meanwhile) {
        return run.alone(name, expected, meanwhile)
                .with(List.of(
                        population(name + ", writes", client.write(), plan.writeRate(), load, wanted),
                        population(name + ", reads", client.read(), plan.readRate(), load, wanted)));
    }

    private PopulationBuilder population(
            String name, ActionBuilder request, int rate, Duration load, BooleanSupplier wanted) {
        return scenario(name)
                .doIf(session -> wanted.getAsBoolean())
                .then(feed(Stream.generate(this::route).iterator()), exec(request))
                .injectOpen(rampUsers(arrivals(rate, load)).during(wholeSeconds(load)));
    }

    /** How many writes and reads arrive in a {@link #step} whose load takes so long. */
    public int requests(Duration load) {
        return arrivals(plan.writeRate(), load) + arrivals(plan.readRate(), load);
    }

    private static int arrivals(int rate, Duration load) {
        return Math.toIntExact(rate * wholeSeconds(load).toSeconds());
    }

    /** At least the load. Gatling leaves out what is left over of a second, so that the rate would be higher than asked for. */
    static Duration wholeSeconds(Duration load) {
        return Duration.ofSeconds(load.plusNanos(999_999_999).toSeconds());
    }

    /** The pools are opened for the first user: until then, their connections would disturb other measurements. */
    private synchronized Map<String, Object> route() {
        pools();
        return routes.next();
    }

    private synchronized ConnectionPools pools() {
        if (routes == null) {
            // The servers' max_connections need not be enough for both.
            servers.pools().closeIdle();
            pools = new ConnectionPools(shards(), servers.endpoints(), plan.database(), plan.connection());
            routes = new ConnectionFeeder(shards(), pools);
        }
        return pools;
    }

    /** Opens all connections that writes may use; otherwise the first of them would wait for that. */
    public void openConnections() {
        ConnectionPools opened = pools();
        shards().all()
                .forEach(shard -> opened.forWrites(shard).open(plan.connection().poolSize()));
    }

    /** Waits for the end of so many requests of all steps so far. @throws TopologyException if it does not come before the deadline */
    public void awaitEnded(long requests, Duration deadline) {
        Await.of("the load of " + Plural.of(requests, "request") + " to end", deadline)
                .whileRunGoesOn()
                .until(() -> client.ended() >= requests, () -> client.ended() + " have");
    }

    /** Records every row of the node. @throws TopologyException if it cannot be read before the deadline */
    public void present(Node node, Duration deadline) {
        ledger(shards().shardOf(node))
                .present(
                        node.name(),
                        Await.success(node + ": rows of " + table.name(), deadline, () -> table.ids(node)));
    }

    /** Records every row of every node, once the replicas have caught up. What keeps one from being read is told by the checks. */
    public void readNodes() {
        shards().all().forEach(shard -> attempt(() -> Replication.awaitConvergence(shard, plan.deadline())));
        shards().nodes().forEach(node -> attempt(() -> present(node, plan.deadline())));
    }

    private void attempt(Runnable step) {
        try {
            Ending.refuse("reading what every server has");
            step.run();
        } catch (TopologyException e) {
            problems.add(e.getMessage());
        }
    }

    /** By the present primary, of what {@link #ledger()} has so far; the seconds of the errors count from {@link #create}. */
    public LedgerFigures figures() {
        return figures(0);
    }

    /**
     * The same of a shard.
     *
     * @param shard from 0 on
     */
    public LedgerFigures figures(int shard) {
        return LedgerFigures.of(
                ledger(shard), shards().all().get(shard).primary().name(), createdMicros);
    }

    /**
     * Those of {@link LedgerChecks}, to be made after {@link #readNodes}.
     *
     * @param of what the checks' names end with
     */
    public List<Check> checks(LedgerPromise promise, String of) {
        return LedgerChecks.names(of).stream()
                .map(name -> new Check(name, LedgerMeanings.of(name), () -> result(name, promise, of)))
                .toList();
    }

    private CheckResult result(String name, LedgerPromise promise, String of) {
        List<CheckResult> ofShards = IntStream.range(0, shards().all().size())
                .mapToObj(shard -> result(name, promise, of, shard))
                .toList();
        return shards().areSeveral() ? Evidence.together(name, ofShards, Shards::name) : ofShards.get(0);
    }

    private CheckResult result(String name, LedgerPromise promise, String of, int shard) {
        List<String> nodes =
                shards().all().get(shard).nodes().stream().map(Node::name).toList();
        JudgedBy by = JudgedBy.of(
                ledger(shard), shards().all().get(shard).primary().name(), nodes, promise, String.join("; ", problems));
        LedgerFigures figures = LedgerFigures.of(ledger(shard), by.node(), createdMicros);
        return LedgerChecks.all(figures, by.promise(), nodes, of, by.doubt()).stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Shards shards() {
        return servers.deployment().shards();
    }

    /** Ends the load. Does nothing the second time. */
    @Override
    public void close() {
        client.close();
        synchronized (this) {
            if (pools != null) {
                pools.close();
            }
        }
    }
}
