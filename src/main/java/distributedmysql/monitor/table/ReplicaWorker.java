package distributedmysql.monitor.table;

import distributedmysql.monitor.table.Chunk.Sum;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Compares chunks with one replica on a thread of its own, so that the primary goes on with the next chunk meanwhile, but
 * no more than a few ahead. {@link #submit} and {@link #finish} are for one thread.
 */
final class ReplicaWorker implements AutoCloseable {
    private static final int CHUNKS_AHEAD = 4;
    // For what the last statements take to end after the deadline.
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** The deadline is looked at again after it, because it is postponed by what the throttle waits. */
    private static final long SLICE_MILLIS = 500;

    private final AwaitedReplica awaited;
    private final TableSql sql;
    private final Findings findings;
    private final ComparisonSettings settings;
    private final TableDeadline deadline;
    private final Pace pace;
    private final ExecutorService thread;
    private final Deque<Future<?>> submitted = new ArrayDeque<>();
    // Only the worker's thread uses the sessions.
    private Session replica;
    private Session primary;

    ReplicaWorker(
            AwaitedReplica awaited,
            TableSql sql,
            Findings findings,
            ComparisonSettings settings,
            TableDeadline deadline,
            Pace pace) {
        this.awaited = awaited;
        this.sql = sql;
        this.findings = findings;
        this.settings = settings;
        this.deadline = deadline;
        this.pace = pace;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, "comparison with " + awaited.node().name());
            worker.setDaemon(true);
            return worker;
        });
    }

    AwaitedReplica awaited() {
        return awaited;
    }

    /** The rest of the table will not be compared. */
    void giveUp(String why) {
        findings.incomplete(why);
    }

    /** False when it makes no sense to go on: the rest of the table will not be compared. */
    boolean submit(Chunk chunk) throws IncompleteException {
        while (submitted.size() >= CHUNKS_AHEAD) {
            awaitFirst();
        }
        submitted.add(thread.submit(() -> compare(chunk)));
        return !findings.isIncomplete();
    }

    void finish() throws IncompleteException {
        while (!submitted.isEmpty()) {
            awaitFirst();
        }
    }

    private void awaitFirst() throws IncompleteException {
        Future<?> first = submitted.remove();
        try {
            while (!ended(first)) {
                if (isOverdue()) {
                    throw new IncompleteException("no end of the comparison with " + awaited + " " + GRACE.toSeconds()
                            + " s after the deadline");
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("comparison with " + awaited, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IncompleteException("interrupted");
        }
    }

    private static boolean ended(Future<?> task) throws ExecutionException, InterruptedException {
        try {
            task.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private boolean isOverdue() {
        return deadline.passedBefore(GRACE);
    }

    private void compare(Chunk chunk) {
        if (findings.isIncomplete()) {
            return;
        }
        try {
            if (replica == null) {
                replica = Session.open(awaited, deadline);
            }
            replica.awaitPosition(chunk.position());
            Sum sum = replica.one(sql.checksum(chunk.range()), row -> new Sum(row.getLong(1), row.getString(2)));
            if (!sum.equals(chunk.sum())) {
                search(chunk.range());
            }
            findings.compared(chunk.sum().rows());
        } catch (SQLException e) {
            findings.incomplete(awaited + " or its primary: " + settings.reason(e));
        } catch (IncompleteException e) {
            findings.incomplete(e.getMessage());
        }
    }

    private void search(Key.Range range) throws SQLException, IncompleteException {
        if (primary == null) {
            primary = Session.open(awaited.primary(), deadline);
        }
        TablePair sides = new TablePair(primary, replica, sql);
        new DifferenceSearch(sides, findings, deadline, settings.lockTime(), pace).search(range);
    }

    /** Returns when the thread has ended what it was doing, and its sessions. */
    @Override
    public void close() {
        thread.execute(() -> {
            Optional.ofNullable(primary).ifPresent(Session::close);
            Optional.ofNullable(replica).ifPresent(Session::close);
        });
        thread.shutdown();
        try {
            while (!thread.awaitTermination(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (isOverdue()) {
                    findings.incomplete("no end of the comparison with " + awaited);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.incomplete("interrupted");
        }
    }
}
