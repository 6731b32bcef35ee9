package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.topology.replicator.FailoverRecord;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a failover of a group is made of, one after the other. The members are asked every {@code failover.detection.probe-interval}, so each
 * time is known to that.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "What a failover of a group is made of, one after the other; each is known to the interval in which the members are "
                + "asked.")
public record GroupPhases(
        @JsonPropertyDescription("From the kill until a survivor found the primary unreachable, in milliseconds.")
        double suspicionMillis,

        @JsonPropertyDescription("From then until the primary was gone from the survivors' view, in milliseconds.")
        double expulsionMillis,

        @JsonPropertyDescription("From then until a new primary was in the view and took writes, in milliseconds.")
        double electionMillis,

        @JsonPropertyDescription(
                "From then until it acknowledged the first write, in milliseconds; absent if it did not.")
        @Nullable
        Double firstWriteMillis) {

    /** Null if the servers are no group, or it is not known when the primary was killed or suspected. */
    static @Nullable GroupPhases of(
            boolean group, FailoverRecord record, @Nullable Long killed, @Nullable Long firstWrite) {
        Long suspected = record.detection().firstFailureMicros();
        if (!group || killed == null || suspected == null) {
            return null;
        }
        // Whatever was acknowledged came about before that, whenever it was seen.
        long elected = firstWrite == null ? record.promotedMicros() : Math.min(firstWrite, record.promotedMicros());
        long expelled = Math.min(elected, record.detection().detectedMicros());
        return new GroupPhases(
                (Math.min(suspected, expelled) - killed) / 1e3,
                (expelled - Math.min(suspected, expelled)) / 1e3,
                (elected - expelled) / 1e3,
                firstWrite == null ? null : (firstWrite - elected) / 1e3);
    }

    /** The medians over the rounds, for the console; empty if one of them has no such figures. */
    static String line(List<GroupPhases> rounds) {
        if (rounds.isEmpty() || rounds.stream().anyMatch(Objects::isNull)) {
            return "";
        }
        Failover.Spread firstWrite = spread(rounds, GroupPhases::firstWriteMillis);
        return String.format(
                Locale.ROOT,
                "  suspected after %.0f ms, expelled %.0f ms later, a new primary %.0f ms later, first write %s",
                spread(rounds, GroupPhases::suspicionMillis).median(),
                spread(rounds, GroupPhases::expulsionMillis).median(),
                spread(rounds, GroupPhases::electionMillis).median(),
                firstWrite == null ? "unknown" : String.format(Locale.ROOT, "%.0f ms later", firstWrite.median()));
    }

    private static Failover.Spread spread(List<GroupPhases> rounds, Function<GroupPhases, Double> value) {
        return Failover.Spread.of(rounds.stream().map(value).collect(Collectors.toList()));
    }
}
