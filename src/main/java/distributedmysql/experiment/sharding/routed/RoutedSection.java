package distributedmysql.experiment.sharding.routed;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Stage;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Saving and loading by shard, and on one server. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Saving and loading players by their shard, and the same load on one server, in turn.")
public record RoutedSection(
        @JsonPropertyDescription("All shards together, each of them, and one server.")
        List<Turn> turns) {

    /** What arrived somewhere. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("The requests to one shard, to all of them, or to one server.")
    public record Turn(
            @JsonPropertyDescription("all shards, shard1 and so on, or one server.")
            String where,

            @JsonPropertyDescription("Requests that succeeded, per second.")
            double requestsPerSecond,

            @JsonPropertyDescription("Requests that failed.")
            long errors,

            @JsonPropertyDescription("Latency of those that succeeded; absent if none did.") @Nullable
            LatencySummary latencyMicros) {}

    /**
     * Empty as long as there is nothing to say.
     *
     * @param shards how many there are; one that no request went to has a row of its own, too
     */
    static Optional<RoutedSection> of(Optional<Stage> sharded, Optional<Stage> one, int shards) {
        List<Turn> turns = new ArrayList<>();
        sharded.ifPresent(stage -> {
            turns.add(whole("all shards", stage));
            IntStream.range(0, shards).mapToObj(Shards::name).forEach(shard -> turns.add(ofShard(shard, stage)));
        });
        one.ifPresent(stage -> turns.add(whole("one server", stage)));
        return turns.isEmpty() ? Optional.empty() : Optional.of(new RoutedSection(turns));
    }

    private static Turn ofShard(String shard, Stage stage) {
        return stage.ofShard(shard)
                .map(stats -> new Turn(
                        shard,
                        (stats.requests() - stats.errors()) / stage.steadySeconds(),
                        stats.errors(),
                        stats.latencyMicros()))
                .orElseGet(() -> new Turn(shard, 0, 0, null));
    }

    private static Turn whole(String where, Stage stage) {
        return new Turn(where, stage.achievedQps(), stage.failed(), stage.latencyMicros());
    }

    /** For the console. */
    public List<String> console() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-22s%12s%9s%11s%11s%11s",
                "Save and load",
                "requests/s",
                "errors",
                "p50 ms",
                "p95 ms",
                "p99 ms"));
        turns.forEach(turn -> lines.add(String.format(
                Locale.ROOT,
                "  %-20s%12.1f%9d%11s%11s%11s",
                turn.where(),
                turn.requestsPerSecond(),
                turn.errors(),
                millis(turn, LatencySummary::p50),
                millis(turn, LatencySummary::p95),
                millis(turn, LatencySummary::p99))));
        return lines;
    }

    private interface Percentile {
        double of(LatencySummary latency);
    }

    private static String millis(Turn turn, Percentile percentile) {
        return turn.latencyMicros() == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f", percentile.of(turn.latencyMicros()) / 1e3);
    }
}
