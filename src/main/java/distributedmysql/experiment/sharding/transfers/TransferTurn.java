package distributedmysql.experiment.sharding.transfers;

import distributedmysql.check.CheckResult;
import distributedmysql.experiment.sharding.transfers.TransferProtocol.Result;
import distributedmysql.experiment.sharding.transfers.TransfersSection.WayReport;
import distributedmysql.gatling.internal.BlockingAction.Requests;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.run.Timing;
import distributedmysql.topology.Await;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One way from its tables to what every server holds in the end: {@link #prepare}, then {@link #transfer} by several threads while it
 * {@link #goesOn}, then {@link #recover}, {@link #read} and {@link #check}. What goes wrong with what the harness does itself is told by
 * the check. Thread-safe.
 */
final class TransferTurn implements AutoCloseable {
    /** Of each account. */
    static final long START_BALANCE = 1_000_000;

    /** A client's transfer takes that long at most: its locks are waited for a second each. */
    private static final Duration LAST_TRANSFERS = Duration.ofSeconds(5);

    private final Way way;
    private final Shards shards;
    private final TransferPlan plan;
    private final Duration deadline;
    private final Consumer<String> progress;
    private final TransferTables tables;
    private final Decisions decisions;
    private final PlannedKills kills;
    private final TransferProtocol protocol;
    private final TransferRecord record;
    private final CountedLoad load;
    private final AtomicInteger next = new AtomicInteger(1);
    private final Queue<ClientSessions> idle = new ConcurrentLinkedQueue<>();
    private final Set<ClientSessions> busy = ConcurrentHashMap.newKeySet();
    private final List<ShardContents> contents = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile long sumBefore;
    private volatile Recovery.Result recovered;
    private volatile boolean prepared;
    private volatile boolean over;
    private volatile boolean complete;

    /**
     * @param database without quotes; ours on every shard
     * @param deadline of each wait for servers
     * @param progress takes a line for the console
     */
    TransferTurn(
            Way way, Shards shards, String database, TransferPlan plan, Duration deadline, Consumer<String> progress) {
        this.way = way;
        this.shards = shards;
        this.plan = plan;
        this.deadline = deadline;
        this.progress = progress;
        this.tables = new TransferTables(database, way);
        this.decisions = new Decisions(database);
        this.kills = new PlannedKills(plan, way);
        this.protocol =
                way == Way.XA ? new XaTransfers(tables, decisions, kills) : new UnprotectedTransfers(tables, kills);
        this.record = new TransferRecord(plan);
        this.load = new CountedLoad(way.title(), Optional.empty());
    }

    Way way() {
        return way;
    }

    TransferTables tables() {
        return tables;
    }

    /** Makes the tables on every shard. What an earlier run has left prepared would lock them, and is rolled back. */
    void prepare() {
        attempt(() -> {
            recovery().discard(deadline);
            long sum = 0;
            for (int shard = 0; shard < shards.all().size(); shard++) {
                int of = shard;
                Node primary = shards.all().get(shard).primary();
                tables.create(
                        primary,
                        plan.accounts().stream()
                                .filter(account -> account.shard() == of)
                                .toList(),
                        START_BALANCE);
                sum += tables.sum(primary);
            }
            sumBefore = sum;
            if (way == Way.XA) {
                decisions.create(shards.all().get(Decisions.SHARD).primary());
            }
            prepared = true;
            progress.accept(way.title() + ": the transfers begin");
        });
    }

    /** Whether there are transfers left. Some more follow if that was not enough for all kills. */
    boolean goesOn() {
        return goesOn(next.get());
    }

    private boolean goesOn(int number) {
        return prepared
                && !over
                && !Ending.hasBegun()
                && (number <= plan.transfers() || kills.left() && number <= 2L * plan.transfers());
    }

    /** Makes the next transfer, if there is one left, as one of the clients that are alive; a killed one is replaced. */
    void transfer(Requests requests) {
        int number = next.getAndIncrement();
        if (!goesOn(number)) {
            return;
        }
        Transfer transfer = plan.transfer(number);
        ClientSessions client =
                Optional.ofNullable(idle.poll()).orElseGet(() -> new ClientSessions(shards, tables.database()));
        busy.add(client);
        try {
            if (over) {
                // Whoever closes has looked for busy clients before this one was.
                client.abort();
                return;
            }
            long start = System.nanoTime();
            Result result = move(transfer, client);
            long end = System.nanoTime();
            record.ended(new Ended(transfer, result.ending(), result.killed()), start, end);
            tell(requests, transfer, result, start, end);
            if (result.ending() == TransferEnding.FAILED) {
                // The primary may be another one by now.
                client.abort();
            }
        } finally {
            if (client.isDead()) {
                client.abort();
            } else {
                idle.add(client);
            }
            busy.remove(client);
        }
    }

    private Result move(Transfer transfer, ClientSessions client) {
        try {
            return protocol.move(transfer, client);
        } catch (TopologyException e) {
            // There was no connection, so nothing was sent.
            client.abort();
            return new Result(TransferEnding.FAILED, Optional.empty(), SqlFailure.crash(e.getMessage()));
        }
    }

    /** What is meant to happen is no failed request, but has a name of its own. */
    private void tell(Requests requests, Transfer transfer, Result result, long start, long end) {
        boolean meant = result.ending() == TransferEnding.KILLED || result.ending() == TransferEnding.ROLLED_BACK;
        String name =
                "transfer " + way.words() + (meant ? ", " + result.ending().words() : "");
        SqlFailure failure = meant ? null : result.failure();
        requests.ended(name, start, end, failure);
        load.ended(
                name,
                start,
                end,
                failure,
                transfer.from().shard(),
                transfer.to().shard());
    }

    /** All transfers so far, each on both of its shards. */
    CountedLoad load() {
        return load;
    }

    /** Ends the clients that live, and resolves what dead ones have left. */
    void recover() {
        endIdle();
        if (way == Way.XA && prepared) {
            attempt(() -> {
                recovered = recovery().resolve(deadline);
                progress.accept("transfers: recovery: transfers committed: " + recovered.committed() + ", rolled back: "
                        + recovered.rolledBack() + ", in " + recovered.micros() / 1_000 + " ms");
            });
        }
    }

    private void endIdle() {
        for (ClientSessions client = idle.poll(); client != null; client = idle.poll()) {
            client.close();
        }
    }

    private Recovery recovery() {
        return new Recovery(shards, tables.database(), progress);
    }

    /** Reads every server, once the replicas have caught up. */
    void read() {
        if (!prepared) {
            return;
        }
        contents.clear();
        for (int shard = 0; shard < shards.all().size(); shard++) {
            ReplicaSet set = shards.all().get(shard);
            int of = shard;
            attempt(() -> Replication.awaitConvergence(set, deadline));
            for (Node node : set.nodes()) {
                attempt(() -> contents.add(Await.success(
                        node + ": accounts and transfers",
                        deadline,
                        () -> tables.read(node, of, node.equals(set.primary())))));
            }
        }
        complete = true;
    }

    private void attempt(Runnable step) {
        try {
            Ending.refuse(way.title());
            step.run();
        } catch (TopologyException e) {
            problems.add(e.getMessage());
            progress.accept(way.title() + ": " + e.getMessage());
        }
    }

    CheckResult check() {
        return TransfersChecks.check(known());
    }

    /** For {@link #check}. */
    WayRecord known() {
        String problem = complete || !problems.isEmpty() ? String.join("; ", problems) : "the servers were not read";
        return new WayRecord(
                way, plan.accounts(), START_BALANCE, sumBefore, record.all(), List.copyOf(contents), problem);
    }

    /** When its figures were made. */
    List<Timing> times() {
        return record.time().stream()
                .map(time -> new Timing(way.title(), time, Timing.SOME))
                .toList();
    }

    /** What was measured; empty unless all servers were to be read. */
    Optional<WayReport> report() {
        return complete ? Optional.of(WayReport.of(known(), record, recovered)) : Optional.empty();
    }

    /**
     * Ends the clients when their transfers have ended, and leaves nothing prepared, unless the servers end with the run. Does nothing the
     * second time.
     */
    @Override
    public synchronized void close() {
        if (over) {
            return;
        }
        over = true;
        Await.of("the last transfers to end", LAST_TRANSFERS).uninterruptibly().reached(busy::isEmpty);
        busy.forEach(ClientSessions::abort);
        endIdle();
        if (way == Way.XA && prepared && recovered == null) {
            resolveLeft();
        }
    }

    private void resolveLeft() {
        if (Recovery.isNeedless(shards)) {
            progress.accept(way.title() + ": " + Recovery.NEEDLESS);
            return;
        }
        try {
            recovery().resolve(LAST_TRANSFERS);
        } catch (TopologyException e) {
            progress.accept(way.title() + ": warning: prepared transactions may be left, which XA RECOVER lists: "
                    + e.getMessage());
        }
    }
}
