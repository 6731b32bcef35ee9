package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Interval;
import distributedmysql.check.Meaning;
import distributedmysql.history.Header;
import distributedmysql.history.JsonRule;
import distributedmysql.history.Operation;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a read, begun a planned delay after a write's acknowledgement, shows that write (the probability of Bailis et
 * al., "Probabilistically Bounded Staleness", VLDB 2012).
 *
 * <p>Under {@link Strategy#GTID_WAIT} and {@link Strategy#PRIMARY} one read that is stale or finds no row is INVALID;
 * under the other strategies it is a measurement. A corrupt row is INVALID always. A wait for a GTID that timed out is
 * neither fresh nor stale, and no sample.
 */
public final class ReadAfterWrite implements Checker {
    static final String NAME = "read after write";

    static final Meaning MEANING = new Meaning(
            "A read that must show the write before it did not, or a row was damaged.",
            "Too few reads were answered for some strategy, replica and delay.",
            "Look at consistency.readAfterWrite in the JSON summary; if UNKNOWN, raise consistency.duration or"
                    + " lower min-samples.");

    /** One strategy, node and delay. */
    @JsonClassDescription("Reads under one strategy, on one node, after one delay.")
    public record Cell(
            @JsonPropertyDescription(
                    "How the node of a read is chosen, and what is waited for before it: replica, any replica; "
                            + "sticky, one replica for each user; gtid-wait, any replica after it has executed the newest "
                            + "write that the session has made or seen; primary.")
            Strategy strategy,

            @JsonPropertyDescription("Name of the node that was read; under the strategy primary it is the primary.")
            String replica,

            @JsonPropertyDescription(
                    "Planned delay from the acknowledgement of the write to the beginning of the read, in "
                            + "milliseconds.")
            double delayMillis,

            @JsonPropertyDescription("Reads that were answered under the strategy: fresh + stale + missing + corrupt.")
            long samples,

            @JsonPropertyDescription("Showed the write, or a later one.")
            long fresh,

            @JsonPropertyDescription("Showed an earlier version.")
            long stale,

            @JsonPropertyDescription("Found no row.") long missing,

            @JsonPropertyDescription("Found a row whose MD5 is not that of its content.")
            long corrupt,

            @JsonPropertyDescription("Got no answer; not among the samples.")
            long failed,

            @JsonPropertyDescription("Waited in vain for the GTID and so did not read; not among the samples.")
            long timedOut,

            @JsonPropertyDescription("fresh / samples; null without samples.") @JsonRule("maximum: 1")
            Double probabilityFresh,

            @JsonPropertyDescription("95 % confidence interval of probabilityFresh (Wilson); null without samples.")
            @Nullable
            Interval ci95,

            @JsonPropertyDescription("Delay as it came to be, in microseconds; null without samples.") @Nullable
            Percentiles actualDelayMicros) {}

    private record Place(Strategy strategy, String node, long delayMicros) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byStrategy = strategy.compareTo(other.strategy);
            int byNode = byStrategy != 0 ? byStrategy : node.compareTo(other.node);
            return byNode != 0 ? byNode : Long.compare(delayMicros, other.delayMicros);
        }

        @Override
        public String toString() {
            return strategy.label() + " on " + node + " after " + Evidence.millis(delayMicros);
        }
    }

    private final Plan plan;
    private final Map<Place, ReadTally> tallies = new TreeMap<>();
    private String firstWrong = "";

    ReadAfterWrite(Header header) {
        this.plan = header.plan();
        for (Strategy strategy : plan.strategies()) {
            List<String> nodes = strategy == Strategy.PRIMARY ? List.of(header.primary()) : header.replicas();
            for (String node : nodes) {
                plan.delaysMicros().forEach(delay -> tallies.put(new Place(strategy, node, delay), new ReadTally()));
            }
        }
    }

    @Override
    public void accept(Operation operation) {
        if (operation instanceof Read read && read.call().probe() == Probe.DELAYED_READ) {
            Place place =
                    new Place(read.strategy(), read.call().node(), read.after().delayMicros());
            Freshness freshness = Freshness.of(read);
            tallies.computeIfAbsent(place, any -> new ReadTally()).add(read, freshness);
            if (firstWrong.isEmpty() && isWrong(read.strategy(), freshness)) {
                firstWrong = describe(place, read, freshness);
            }
        }
    }

    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        tallies.forEach((place, tally) -> cells.add(tally.cell(place.strategy(), place.node(), place.delayMicros())));
        return cells;
    }

    @Override
    public Meaning meaning() {
        return MEANING;
    }

    @Override
    public CheckResult result() {
        String unknown = tallies.isEmpty() ? "no reads were planned" : "";
        for (Map.Entry<Place, ReadTally> entry : tallies.entrySet()) {
            if (unknown.isEmpty() && entry.getValue().samples() < plan.minSamples()) {
                unknown = entry.getKey() + ": "
                        + Evidence.count(entry.getValue().samples(), "sample") + ", " + plan.minSamples() + " needed";
            }
        }
        return Evidence.judge(NAME, firstWrong, unknown, figures());
    }

    private String figures() {
        Map<Strategy, ReadTally> byStrategy = new TreeMap<>();
        tallies.forEach((place, tally) -> byStrategy
                .computeIfAbsent(place.strategy(), any -> new ReadTally())
                .add(tally));
        return byStrategy.entrySet().stream()
                .map(entry -> entry.getKey().label() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    private static boolean isWrong(Strategy strategy, Freshness freshness) {
        boolean mustBeFresh = strategy == Strategy.GTID_WAIT || strategy == Strategy.PRIMARY;
        return switch (freshness) {
            case CORRUPT -> true;
            case STALE, MISSING -> mustBeFresh;
            case FRESH, TIMEOUT, FAILED -> false;
        };
    }

    private static String describe(Place place, Read read, Freshness freshness) {
        String what = switch (freshness) {
            case CORRUPT -> "was corrupt";
            case MISSING -> "was missing";
            default -> "was read as version " + read.answer().version();
        };
        return place + ": key " + read.call().key() + ", version "
                + read.after().version() + " acknowledged at "
                + Evidence.seconds(read.after().acknowledgedMicros()) + ", " + what + " from "
                + Evidence.seconds(read.call().invokeMicros()) + " to "
                + Evidence.seconds(read.call().completeMicros());
    }
}
