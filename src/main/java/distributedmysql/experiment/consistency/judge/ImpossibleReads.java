package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.history.Header;
import distributedmysql.history.Invocation;
import distributedmysql.history.Operation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Read;
import distributedmysql.history.Write;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether each version that was read, whatever the probe, the strategy and the node, can have been there. Three reads
 * are impossible:
 *
 * <ul>
 *   <li>an <em>aborted read</em> shows a write that certainly failed, even if it failed only afterwards (phenomenon G1a
 *       of A. Adya, "Weak Consistency: A Generalized Theory and Optimistic Implementations", 1999);
 *   <li>a <em>future read</em> ended before the write that it shows began;
 *   <li>a <em>thin-air read</em> shows a version that nobody wrote.
 * </ul>
 *
 * <p>A write of unknown outcome may be seen at any time after it began. A damaged row says nothing here. UNKNOWN if no
 * row was read, or if the records contradict each other. A future read is not noticed if it was recorded more than
 * {@link RecordedWrites#KEPT} writes after the write that it shows.
 */
final class ImpossibleReads implements Checker {
    static final String NAME = "impossible reads";

    static final Meaning MEANING = new Meaning(
            "A read showed something that was never written, not yet written, or rolled back.",
            "No row was read, or the records contradict each other.",
            "Look up the named read in the saved history; suspect caches and proxies before the server.");

    /** Reads of the version after a key's last one: its write may be under way. */
    private static final class Early {
        private Invocation first;
        private long reads;
    }

    private final RecordedWrites writes = new RecordedWrites();
    private final Contradictions contradictions;
    // By key, in the order of the reads; few, because a write is recorded as soon as it has ended.
    private final Map<Long, Early> early = new LinkedHashMap<>();
    private long rows;
    private long impossible;
    private String firstImpossible = "";

    ImpossibleReads(Header header) {
        this.contradictions = new Contradictions(header.nodes(), writes);
    }

    @Override
    public void accept(Operation operation) {
        contradictions.lookAt(operation);
        if (operation instanceof Write write) {
            judgeEarlyReads(write);
            writes.add(write);
        } else if (operation instanceof Read read
                && read.ending().isOk()
                && read.answer().intact()
                && read.answer().version() > 0) {
            rows++;
            judge(read.call(), read.answer().version());
        }
    }

    private void judge(Invocation read, long version) {
        long last = writes.last(read.key());
        if (version > last + 1) {
            // A key's writer records a write before the next one begins.
            found(
                    1,
                    read,
                    version,
                    "the newest write of that key that had ended was version " + last + " (a future or thin-air read)");
        } else if (version > last) {
            Early reads = early.computeIfAbsent(read.key(), any -> new Early());
            reads.reads++;
            if (reads.first == null || read.completeMicros() < reads.first.completeMicros()) {
                reads.first = read;
            }
        } else if (writes.hasFailed(read.key(), version)) {
            found(1, read, version, aborted());
        } else {
            int write = writes.find(read.key(), version);
            if (write >= 0) {
                judgeTime(read, version, writes.invokeMicros(write));
            }
        }
    }

    private void judgeEarlyReads(Write write) {
        long version = writes.last(write.call().key()) + 1;
        Early reads =
                write.version() < version ? null : early.remove(write.call().key());
        if (reads == null) {
            return;
        }
        if (write.version() > version) {
            found(reads.reads, reads.first, version, thinAir());
        } else if (write.ending().outcome() == Outcome.FAIL) {
            found(reads.reads, reads.first, version, aborted());
        } else {
            judgeTime(reads.first, version, write.call().invokeMicros());
        }
    }

    private void judgeTime(Invocation read, long version, long writeInvokeMicros) {
        if (read.completeMicros() < writeInvokeMicros) {
            found(
                    1,
                    read,
                    version,
                    "that write began only at " + Evidence.seconds(writeInvokeMicros) + " (a future read)");
        }
    }

    private void found(long reads, Invocation first, long version, String because) {
        impossible += reads;
        if (firstImpossible.isEmpty()) {
            firstImpossible = describe(first, version, because);
        }
    }

    private static String describe(Invocation read, long version, String because) {
        return "process " + read.process() + " read version " + version + " of key " + read.key() + " on "
                + read.node() + " from " + Evidence.seconds(read.invokeMicros()) + " to "
                + Evidence.seconds(read.completeMicros()) + ", but " + because;
    }

    private static String aborted() {
        return "that write failed (an aborted read)";
    }

    private static String thinAir() {
        return "no such write was recorded (a thin-air read)";
    }

    @Override
    public Meaning meaning() {
        return MEANING;
    }

    @Override
    public CheckResult result() {
        long wrong = impossible
                + early.values().stream().mapToLong(reads -> reads.reads).sum();
        String unknown = rows == 0 ? "no row was read" : contradictions.first();
        return Evidence.judge(
                NAME, firstWrong(), unknown, Evidence.count(rows, "row") + " read, " + wrong + " impossible");
    }

    /** What no write that is still to come can explain, or else what none has explained. */
    private String firstWrong() {
        if (!firstImpossible.isEmpty() || early.isEmpty()) {
            return firstImpossible;
        }
        Map.Entry<Long, Early> first = early.entrySet().iterator().next();
        return describe(first.getValue().first, writes.last(first.getKey()) + 1, thinAir());
    }

    @Override
    public boolean isOpenToTheEnd() {
        return firstImpossible.isEmpty();
    }
}
