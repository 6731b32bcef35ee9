package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.Plural;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Plays rounds on replica sets, the last of which is added in each. The ledger is that of all rounds. Used by one thread. */
final class RoundPlay {
    private final List<ReplicaSet> all;
    private final ReshardedTable table;
    private final ReshardingSettings settings;
    private final ConnectionPools pools;
    private final RunClock clock;
    private final IntFunction<Resharder> resharders;
    private final Consumer<String> say;
    private final Ledger ledger = new Ledger();
    private final CountedLoad writes;
    private int nextId = 1;

    /**
     * @param shards at least two replica sets
     * @param pools to all of their nodes; closed by the caller, after the last round
     * @param resharders by the number of the round
     */
    RoundPlay(
            Shards shards,
            ReshardedTable table,
            ReshardingSettings settings,
            ConnectionPools pools,
            RunClock clock,
            IntFunction<Resharder> resharders,
            Consumer<String> say) {
        this.all = shards.all();
        this.table = table;
        this.settings = settings;
        this.pools = pools;
        this.clock = clock;
        this.resharders = resharders;
        this.say = say;
        this.writes = new CountedLoad(
                "resharding", settings.killsServers() ? Optional.of("servers are killed meanwhile") : Optional.empty());
    }

    /** The writes of all rounds so far, each as its client saw it end. */
    CountedLoad writes() {
        return writes;
    }

    Ledger ledger() {
        return ledger;
    }

    /**
     * Makes the table anew, fills it, and adds a shard while writes arrive.
     *
     * @param number from 1 on
     * @throws TopologyException if the servers do not do what is asked of them before or after the resharding; whether that
     *     itself has come to its end, the round says
     */
    PlayedRound play(int number) {
        Numbers numbers = new Numbers(nextId, settings.rows());
        Change change = Change.of(all, table, settings, number, numbers);
        say(number, "making " + Plural.of(settings.rows(), "row"));
        prepare(change, numbers);
        Writers.Load load = new Writers.Load(numbers, settings.writeRate(), settings.clients(), settings.resendFor());
        Progress progress = new Progress(clock, settings.rows());
        openConnections(number);
        try (Writers writers = new Writers(change, pools, clock, load, ledger, writes)) {
            say(number, "writes arrive");
            writers.start();
            clock.sleepUntil(clock.micros() + ReshardingSettings.WARM_UP.toNanos() / 1_000);
            long warm = clock.micros();
            clock.sleepUntil(clock.micros() + settings.before().toNanos() / 1_000);
            say(number, "adding " + Shards.name(change.newShard()) + " while writes arrive");
            long start = clock.micros();
            String problem = reshard(resharders.apply(number), change, progress);
            long end = clock.micros();
            clock.sleepUntil(clock.micros() + settings.after().toNanos() / 1_000);
            writers.end();
            say(number, "reading every server");
            StaleRouter stale = new StaleRouter(change, pools, clock, ledger);
            stale.write(numbers);
            nextId = numbers.end(writers.nextTurn());
            Round round = new Round(
                    number,
                    settings.strategy(number),
                    change,
                    change.shards().map(),
                    numbers,
                    Holdings.read(all, table, settings.deadline()),
                    stale.told());
            return new PlayedRound(
                    round, load, writers.refusals(), progress, warm, start, end, nextId, problem, Ending.hasBegun());
        }
    }

    /** All that clients may use, so that what they wait for is not the opening. */
    private void openConnections(int number) {
        say(number, "opening " + Plural.of(settings.clients(), "connection") + " to each shard");
        all.forEach(set -> pools.forWrites(set).open(settings.clients()));
    }

    private void say(int number, String what) {
        say.accept("resharding, round " + number + ": " + what);
    }

    private static String reshard(Resharder resharder, Change change, Progress progress) {
        try {
            resharder.reshard(change, progress);
            return "";
        } catch (TopologyException e) {
            return e.getMessage();
        }
    }

    private void prepare(Change change, Numbers numbers) {
        for (int shard = 0; shard < all.size(); shard++) {
            Ending.refuse("making " + table.name());
            int here = shard;
            List<Long> ids = numbers.before()
                    .filter(id -> change.before().shardOf(id) == here)
                    .mapToObj(id -> (long) id)
                    .toList();
            Mysql.run(change.primary(shard), "make " + table.name(), session -> {
                session.execute("USE " + table.database());
                table.create(session);
                new ReshardingState(table).create(session);
                change.capture().stop(session);
                table.preload(session, ids, change.before().version());
                change.fence().create(session, change.before().version());
            });
            String server = change.primary(shard).serverUuid();
            long now = clock.micros();
            ids.forEach(id -> ledger.write(new LedgerWrite(id, now, now, Completion.OK, server)));
        }
    }
}
