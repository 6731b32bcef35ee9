package distributedmysql.load.data;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.TimeLeft;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run at a time on one database of servers that outlive the run. The lock is taken on every server, so it is held on
 * whichever becomes the primary, and a run with another primary that shares a replica is refused too. It is looked at every
 * 2 s and taken again where its connection broke. Thread-safe.
 */
public final class RunLock implements AutoCloseable {
    /** The name of the check that says UNKNOWN when another run has taken the database. */
    public static final String CHECK = "one run at a time";

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ShardedDatabase database;
    private final String run;
    private final Consumer<String> progress;
    private final Consumer<String> lost;
    private final List<NodeLock> locks;
    private final Map<NodeLock, Long> brokenSince = new HashMap<>();
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lock of the run");
        thread.setDaemon(true);
        return thread;
    });
    private boolean claimed;
    private boolean unsure;
    private volatile String lostTo = "";

    private RunLock(
            ShardedDatabase database,
            String run,
            List<NodeLock> locks,
            Consumer<String> progress,
            Consumer<String> lost) {
        this.database = database;
        this.run = run;
        this.locks = locks;
        this.progress = progress;
        this.lost = lost;
        keeper.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How a run names itself: what it plays, process, host, and when this was asked. */
    public static String describe(String simulation, String profile) {
        return simulation + ", profile " + profile + ", process "
                + ProcessHandle.current().pid() + " on " + host() + ", since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host that does not know its name";
        }
    }

    /**
     * Takes the lock on every server, before anything is written.
     *
     * @param run as {@link #describe} gives it
     * @param progress takes lines for the console
     * @param lost is told, once, why this run must end: another run has taken the database. Called on a thread of its own
     * @throws TopologyException if another run holds it on one of them, with who that is; or if a server does not answer
     */
    public static RunLock take(ShardedDatabase database, String run, Consumer<String> progress, Consumer<String> lost) {
        List<NodeLock> locks = new ArrayList<>();
        boolean all = false;
        try {
            // The primary first, by all runs: of two that begin at once, one gets it.
            for (Node node : database.nodes()) {
                NodeLock lock = new NodeLock(node, database.name(), run);
                locks.add(lock);
                take(lock, database);
            }
            all = true;
        } finally {
            if (!all) {
                locks.forEach(NodeLock::close);
            }
        }
        return new RunLock(database, run, locks, progress, lost);
    }

    private static void take(NodeLock lock, ShardedDatabase database) {
        try {
            String holder = lock.take();
            if (!holder.isEmpty()) {
                throw new TopologyException(lock.node() + ": another run uses the database " + database.name() + ": "
                        + holder + ". Nothing was written. Wait until it has ended, or give this run another database"
                        + " (data.database)");
            }
        } catch (SQLException e) {
            throw TopologyException.of(lock.node() + ": cannot take the lock " + lock.name(), e);
        }
    }

    /** Writes into the database whose it is now; to be called when it has been made. */
    public synchronized void claim() {
        database.claim(run);
        claimed = true;
    }

    /** Why the database is another run's by now; empty if it is ours. */
    public Optional<String> lostTo() {
        return lostTo.isEmpty() ? Optional.empty() : Optional.of(lostTo);
    }

    /** Looks now, not in 2 s: before something that must not be done to another run's data. */
    public synchronized boolean isOurs() {
        look();
        return lostTo.isEmpty();
    }

    private synchronized void look() {
        if (!lostTo.isEmpty()) {
            return;
        }
        for (NodeLock lock : locks) {
            try {
                String problem = problem(lock);
                if (!problem.isEmpty()) {
                    takeAgain(lock, problem);
                }
            } catch (SQLException | TopologyException e) {
                // Not to be had now: looked at again in 2 s.
            }
        }
        if (unsure && claimed) {
            lookWhoseItIs();
        }
    }

    private static String problem(NodeLock lock) {
        try {
            return lock.isHeld() ? "" : "the server does not have it any more";
        } catch (SQLException e) {
            return TopologyException.reason(e);
        }
    }

    private void takeAgain(NodeLock lock, String problem) throws SQLException {
        if (brokenSince.putIfAbsent(lock, System.nanoTime()) == null) {
            progress.accept("external: " + lock.node() + ": the connection that holds the lock of this run has ended ("
                    + problem + "); the lock is taken again as soon as the server answers");
        }
        String holder = lock.take();
        if (!holder.isEmpty()) {
            loseTo(lock.node() + ": while the connection that held the lock of this run was gone, another run took it: "
                    + holder);
            return;
        }
        Duration gone = Duration.ofNanos(System.nanoTime() - brokenSince.remove(lock));
        progress.accept("external: " + lock.node() + ": has the lock of this run again, after " + TimeLeft.text(gone));
        unsure = true;
    }

    /** Nobody else has the lock now, but somebody may have had it meanwhile, and have written. */
    private void lookWhoseItIs() {
        Optional<String> another;
        try {
            another = database.claimedByAnother(run);
        } catch (TopologyException e) {
            // The primary may be the server that is down; looked at again in 2 s.
            return;
        }
        unsure = false;
        another.ifPresent(now ->
                loseTo("while a connection that held the lock of this run was gone, another run has used the database "
                        + database.name() + (now.isEmpty() ? " and removed it" : ": " + now)));
    }

    private void loseTo(String reason) {
        lostTo = reason;
        // What ends the run closes this too, and would wait for this thread.
        new Thread(() -> lost.accept(reason), "end of the run").start();
    }

    /** Gives the lock up. */
    @Override
    public void close() {
        keeper.shutdownNow();
        synchronized (this) {
            locks.forEach(NodeLock::close);
        }
    }
}
