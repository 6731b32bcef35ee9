package distributedmysql.experiment.sharding.resharding;

import distributedmysql.config.Plural;
import distributedmysql.gatling.Attempt;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.RunClock;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Shards;
import distributedmysql.topology.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbered writes that arrive at a rate, each sent to the primary of the shard that its number belongs to by the map of that moment. A
 * write that is refused because that map is old has certainly not been applied: its client asks for the map again and sends it again.
 * Nothing else is repeated. Thread-safe.
 */
final class Writers implements AutoCloseable {
    private static final long FIRST_PAUSE_MICROS = 1_000;
    private static final long LONGEST_PAUSE_MICROS = 16_000;
    private static final Duration END = Duration.ofMinutes(3);
    private static final String REQUEST = "write while a shard is added";

    /**
     * What is sent, and how.
     *
     * @param numbers of the writes
     * @param resendFor a write that is refused is sent again for so long
     */
    record Load(Numbers numbers, int rate, int clients, Duration resendFor) {}

    private final Shards shards;
    private final ReshardedTable table;
    private final ConnectionPools pools;
    private final RunClock clock;
    private final Load load;
    private final Ledger ledger;
    private final CountedLoad counted;
    private final Refusals refusals = new Refusals();
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;
    private long beginMicros;

    Writers(Change change, ConnectionPools pools, RunClock clock, Load load, Ledger ledger, CountedLoad counted) {
        this.shards = change.shards();
        this.table = change.table();
        this.pools = pools;
        this.clock = clock;
        this.load = load;
        this.ledger = ledger;
        this.counted = counted;
    }

    /** The first write arrives now. */
    void start() {
        beginMicros = clock.micros();
        for (int i = 0; i < load.clients; i++) {
            Thread thread = new Thread(this::send, "ledger of the resharding");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    Refusals refusals() {
        return refusals;
    }

    /** After {@link #end}, the first turn whose number is free. */
    int nextTurn() {
        return turn.get();
    }

    private void send() {
        while (!ending) {
            int next = turn.getAndIncrement();
            long arrives = beginMicros + next * 1_000_000L / load.rate;
            if (!clock.sleepUntil(arrives) || ending) {
                return;
            }
            write(load.numbers.written(next), arrives);
        }
    }

    private void write(int id, long arrived) {
        long pause = FIRST_PAUSE_MICROS;
        int refused = 0;
        Attempt<String> attempt = attempt(id);
        long sent = clock.micros(attempt.start());
        while (Fence.refused(attempt.failure())
                && clock.micros() - arrived < load.resendFor.toNanos() / 1_000
                && clock.sleepUntil(clock.micros() + pause)) {
            refused++;
            pause = Math.min(LONGEST_PAUSE_MICROS, 2 * pause);
            attempt = attempt(id);
        }
        String server = attempt.value() == null ? "" : attempt.value();
        long ended = Math.max(arrived, clock.micros(attempt.end()));
        int shard = shards.shardOf(attempt.node());
        if (refused > 0) {
            int acknowledgedBy = server.isEmpty() ? Refusals.NO_SHARD : shard;
            refusals.ended(new Refusals.Refused(id, refused, sent, ended, acknowledgedBy));
        }
        ledger.write(new LedgerWrite(id, arrived, ended, attempt.ending(), server));
        counted.ended(REQUEST, attempt.end() - 1_000 * (ended - arrived), attempt.end(), attempt.failure(), shard);
    }

    private Attempt<String> attempt(int id) {
        ShardMap map = shards.map();
        return Attempt.write(pools.forWrites(shards.all().get(map.shardOf(id))), (connection, node) -> {
            table.insert(connection, id, map.version());
            return node.serverUuid();
        });
    }

    /** Returns when all writes that have arrived have ended. */
    void end() {
        ending = true;
        try (Wait wait = Wait.atMost("the writes that are under way to end", END)) {
            wait.state(Plural.of(threads.size(), "client"));
            for (Thread thread : threads) {
                thread.join(END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ending = true;
        threads.forEach(Thread::interrupt);
    }
}
