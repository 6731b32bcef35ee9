package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.history.Header;
import distributedmysql.history.Operation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.report.PercentilePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long after its acknowledgement a write becomes visible on a node for good: until the beginning of the first read
 * after the <em>last</em> stale one (D. Bermbach and S. Tai, "Eventual Consistency: How Soon is Eventual?", MW4SOC
 * 2011). The interval between two polls is the resolution.
 *
 * <p>A write that was still not visible with the last poll, at the deadline, makes the check INVALID. A node is polled
 * for one version of a key at a time; reads that were not answered, or found a damaged row, say nothing.
 */
public final class Visibility implements Checker {
    public static final String NAME = "visibility";

    static final Meaning MEANING = new Meaning(
            "A replica did not show a write before the deadline.",
            "For some replica there is no write that was followed until it was visible.",
            "Look whether that replica applies: SHOW REPLICA STATUS, and the check replication lag.");

    private static final int VERSION = 0;
    // 0: no answer yet; STALE: the last answer was stale; else visible, after so many microseconds plus 1.
    private static final int STATE = 1;
    private static final long STALE = -1;

    /** One node. The times are in microseconds, and null where nothing became visible. */
    @JsonClassDescription("How long after their acknowledgement writes became visible on one replica for good: until "
            + "the first read after the last stale one. Times in microseconds, null without samples.")
    public record Replica(
            @JsonPropertyDescription("Name of the replica.") String replica,

            @JsonPropertyDescription("Writes that became visible before the deadline.")
            long samples,

            @JsonPropertyDescription("Median, in microseconds.")
            Long p50,

            @JsonPropertyDescription("90th percentile, in microseconds.")
            Long p90,

            @JsonPropertyDescription("99th percentile, in microseconds.")
            Long p99,

            @JsonPropertyDescription("Greatest, in microseconds.")
            Long max,

            @JsonPropertyDescription("Writes that were still not visible at the deadline.")
            long neverVisible,

            @JsonPropertyDescription("Writes for which no read was answered.")
            long unanswered,

            @JsonPropertyDescription(
                    "The percentiles of those that became visible, as far as there are enough of them; null without samples.")
            @Nullable
            List<PercentilePoint> distribution) {}

    private static final class Tally {
        private final Histogram visible = new Histogram(3);
        private long neverVisible;
        private long unanswered;

        void add(long state) {
            if (state == 0) {
                unanswered++;
            } else if (state == STALE) {
                neverVisible++;
            } else {
                visible.recordValue(state - 1);
            }
        }

        Replica replica(String name) {
            long samples = visible.getTotalCount();
            if (samples == 0) {
                return new Replica(name, 0, null, null, null, null, neverVisible, unanswered, null);
            }
            Percentiles times = Percentiles.of(visible);
            return new Replica(
                    name,
                    samples,
                    times.p50(),
                    times.p90(),
                    times.p99(),
                    times.max(),
                    neverVisible,
                    unanswered,
                    PercentilePoint.all(visible));
        }
    }

    private final NameIndex nodes = new NameIndex();
    private final LongTable polls = LongTable.byPair(2);
    private final Map<String, Tally> tallies = new TreeMap<>();
    private String firstNeverVisible = "";

    Visibility(Header header) {
        header.replicas().forEach(replica -> tallies.put(replica, new Tally()));
    }

    @Override
    public void accept(Operation operation) {
        if (!(operation instanceof Read read) || read.call().probe() != Probe.POLL) {
            return;
        }
        int row = polls.findOrAdd(read.call().key(), nodes.number(read.call().node()));
        long version = read.after().version();
        if (version > polls.get(row, VERSION)) {
            finish(row);
            polls.set(row, VERSION, version);
            polls.set(row, STATE, 0);
        }
        if (version == polls.get(row, VERSION) && read.isTrustworthy()) {
            if (read.answer().version() < version) {
                polls.set(row, STATE, STALE);
            } else if (polls.get(row, STATE) <= 0) {
                polls.set(row, STATE, read.call().invokeMicros() - read.after().acknowledgedMicros() + 1);
            }
        }
    }

    private void finish(int row) {
        if (polls.get(row, VERSION) == 0) {
            return;
        }
        String node = nodes.name(polls.second(row));
        tallies.computeIfAbsent(node, any -> new Tally()).add(polls.get(row, STATE));
        if (polls.get(row, STATE) == STALE && firstNeverVisible.isEmpty()) {
            firstNeverVisible = "key " + polls.first(row) + ", version " + polls.get(row, VERSION)
                    + ", did not become visible on " + node + " before the deadline";
        }
    }

    /** By name; the last polls of each key are taken as its end. */
    List<Replica> replicas() {
        for (int row = 0; row < polls.size(); row++) {
            finish(row);
            polls.set(row, VERSION, 0);
        }
        List<Replica> replicas = new ArrayList<>();
        tallies.forEach((name, tally) -> replicas.add(tally.replica(name)));
        return replicas;
    }

    @Override
    public Meaning meaning() {
        return MEANING;
    }

    @Override
    public CheckResult result() {
        List<Replica> replicas = replicas();
        String unknown = replicas.stream()
                .filter(replica -> replica.samples() == 0)
                .map(replica -> replica.replica() + ": no samples")
                .findFirst()
                .orElse(replicas.isEmpty() ? "no replica was polled" : "");
        return Evidence.judge(NAME, firstNeverVisible, unknown, figures(replicas));
    }

    @Override
    public boolean isOpenToTheEnd() {
        // The poll that would have shown the write may be the one that is missing.
        return true;
    }

    private static String figures(List<Replica> replicas) {
        return replicas.stream().map(Visibility::figures).collect(Collectors.joining("; "));
    }

    private static String figures(Replica replica) {
        String times = replica.samples() == 0
                ? ""
                : ", p50 " + Evidence.millis(replica.p50()) + ", p90 " + Evidence.millis(replica.p90()) + ", p99 "
                        + Evidence.millis(replica.p99()) + ", max " + Evidence.millis(replica.max());
        return replica.replica() + ": " + Evidence.count(replica.samples(), "sample") + times + ", "
                + replica.neverVisible() + " never visible, " + replica.unanswered() + " unanswered";
    }
}
