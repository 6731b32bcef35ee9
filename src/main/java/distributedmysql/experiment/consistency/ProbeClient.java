package distributedmysql.experiment.consistency;

import distributedmysql.gatling.Attempt;
import distributedmysql.gatling.internal.BlockingAction.Requests;
import distributedmysql.history.Completion;
import distributedmysql.history.HistoryRecorder;
import distributedmysql.history.Invocation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.RunClock;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import distributedmysql.load.NodePool;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.data.ProbeTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.AtomicHistogram;

/**
 * Sends single probe statements and records what happened: in the history, and as Gatling requests. Judges nothing.
 * Blocks; thread-safe.
 */
final class ProbeClient {
    private static final long HIGHEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;
    private static final String GTID = "GTID";
    private static final String STILL_UNDER_WAY = "ENDED";

    private final ProbeTable table;
    private final HistoryRecorder recorder;
    private final RunClock clock;
    private final Duration gtidWaitTimeout;
    private final Map<Strategy, AtomicHistogram> cost = new EnumMap<>(Strategy.class);
    // By key; the lock orders an end against giving up, so that each write is recorded once.
    private final Map<Long, Begun> underWay = new HashMap<>();
    private boolean givenUp;

    /** A write that has not ended. */
    private record Begun(NodePool pool, long process, Probe probe, long key, long version, Write.Basis basis, long at) {
        Write unknown(long nowMicros) {
            Invocation call = new Invocation(process, probe, key, pool.node().name(), at, nowMicros);
            return new Write(call, new Completion(Outcome.UNKNOWN, STILL_UNDER_WAY, 0), version, "", basis);
        }
    }

    /** What a read brought, with what came of the wait before it. */
    private record Answered(Read.Answer answer, Read.GtidWait waited) {}

    ProbeClient(ProbeTable table, HistoryRecorder recorder, RunClock clock, Duration gtidWaitTimeout) {
        this.table = table;
        this.recorder = recorder;
        this.clock = clock;
        this.gtidWaitTimeout = gtidWaitTimeout;
        for (Strategy strategy : Strategy.values()) {
            cost.put(strategy, new AtomicHistogram(HIGHEST_MICROS, 3));
        }
    }

    /** How long answered reads of {@link Probe#DELAYED_READ} took, waiting for a GTID included. */
    Map<Strategy, AtomicHistogram> cost() {
        return cost;
    }

    /**
     * Writes a version of a key.
     *
     * @param basis what the session had read before, of another key
     * @return as recorded: of unknown outcome if it ended only after {@link #giveUp()}
     * @throws IllegalStateException if it would begin after {@link #giveUp()}
     */
    Write write(
            NodePool pool, long process, Probe probe, long key, long version, Write.Basis basis, Requests requests) {
        Begun begun = new Begun(pool, process, probe, key, version, basis, clock.micros());
        begin(begun);
        Attempt<Optional<String>> attempt = Attempt.write(pool, (connection, node) -> {
            if (version == 1) {
                table.insert(connection, key);
            } else {
                table.update(connection, key, version);
            }
            return ProbeTable.lastGtid(connection);
        });
        requests.ended("probe write", attempt.start(), attempt.end(), attempt.failure());
        String gtid = attempt.value() == null ? "" : attempt.value().orElse("");
        Write write = new Write(call(process, probe, key, attempt), attempt.ending(), version, gtid, basis);
        return end(begun, write);
    }

    private synchronized void begin(Begun write) {
        if (givenUp) {
            throw new IllegalStateException("the probes have ended");
        }
        underWay.put(write.key(), write);
    }

    private synchronized Write end(Begun begun, Write ended) {
        if (!underWay.remove(begun.key(), begun)) {
            return begun.unknown(ended.call().completeMicros());
        }
        recorder.record(ended);
        return ended;
    }

    /**
     * Records every write that is still under way as of unknown outcome; what becomes of it is not recorded any more.
     * No write can begin after this.
     */
    synchronized void giveUp() {
        givenUp = true;
        underWay.values().forEach(write -> recorder.record(write.unknown(clock.micros())));
        underWay.clear();
    }

    /**
     * Reads a key.
     *
     * @param gtids what to wait for first, under {@link Strategy#GTID_WAIT} and only then. If it is empty the read
     *     fails: made without a wait it would be no read under that strategy.
     */
    Read read(
            NodePool pool,
            long process,
            Probe probe,
            long key,
            Strategy strategy,
            Read.After after,
            String gtids,
            Requests requests) {
        int statements = strategy == Strategy.GTID_WAIT ? 2 : 1;
        Attempt<Answered> attempt = Attempt.read(pool, statements, connection -> {
            Read.GtidWait wait = strategy == Strategy.GTID_WAIT ? await(connection, gtids) : Read.GtidWait.NONE;
            // After a wait in vain the row would be read under no strategy at all.
            Read.Answer answer = wait.timedOut() ? Read.Answer.NONE : answer(table.read(connection, key));
            return new Answered(answer, wait);
        });
        boolean timedOut = attempt.value() != null && attempt.value().waited.timedOut();
        SqlFailure failure = timedOut ? gtidWaitTimedOut() : attempt.failure();
        requests.ended("probe read " + strategy.label(), attempt.start(), attempt.end(), failure);
        Read read = new Read(
                call(process, probe, key, attempt),
                timedOut ? new Completion(Outcome.FAIL, failure.sqlState(), failure.code()) : attempt.ending(),
                strategy,
                after,
                attempt.value() == null ? Read.Answer.NONE : attempt.value().answer,
                attempt.value() == null ? Read.GtidWait.NONE : attempt.value().waited);
        recorder.record(read);
        if (probe == Probe.DELAYED_READ && read.isAnswered()) {
            cost.get(strategy).recordValue(Math.min((attempt.end() - attempt.start()) / 1_000, HIGHEST_MICROS));
        }
        return read;
    }

    private Read.GtidWait await(Connection connection, String gtids) throws SQLException {
        if (gtids.isEmpty()) {
            throw new SQLException("no acknowledgement told a GTID to wait for", GTID);
        }
        long start = System.nanoTime();
        boolean reached = ProbeTable.awaitGtid(connection, gtids, gtidWaitTimeout);
        return new Read.GtidWait((System.nanoTime() - start) / 1_000, !reached);
    }

    private static Read.Answer answer(Optional<ProbeTable.Found> found) {
        return found.map(row -> new Read.Answer(row.version(), row.intact())).orElse(Read.Answer.MISSING);
    }

    private static SqlFailure gtidWaitTimedOut() {
        return new SqlFailure(GTID, 0, Outcome.FAIL, "the replica did not have the GTID within the timeout");
    }

    private Invocation call(long process, Probe probe, long key, Attempt<?> attempt) {
        return new Invocation(
                process, probe, key, attempt.node().name(), clock.micros(attempt.start()), clock.micros(attempt.end()));
    }
}
