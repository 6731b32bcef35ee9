package distributedmysql.experiment.sharding.search;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.report.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What searches of all shards and joins across them cost. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What searches of all shards and joins across them cost.")
public record SearchSection(
        @JsonPropertyDescription("Searches of all shards at once.")
        Scatter scatter,

        @JsonPropertyDescription("Joins across shards; absent if they were not played to their end.") @Nullable
        Joins joins) {
    /** The part of the run in which they are made. */
    static final String JOINS = "joins across shards";

    /** Searches by a part of the name, of all shards at once: those of the stage's steady state. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription(
            "Searches by a part of the name, of all shards at once. All figures are of the steady state, as those of the stage are.")
    public record Scatter(
            @JsonPropertyDescription("Searches per second (open model).")
            int rate,

            @JsonPropertyDescription("The most rows that each shard gives.")
            int limit,

            @JsonPropertyDescription("Searches that were answered, partial answers too.")
            long searches,

            @JsonPropertyDescription("Searches that failed.")
            long failed,

            @JsonPropertyDescription(
                    "From the intended start to the answer of the slowest shard, without partial answers; absent if there was no such search.")
            @Nullable
            LatencySummary latencyMicros,

            @JsonPropertyDescription(
                    "What the shards' own latencies let one expect of the slowest of them; absent if there are none.")
            @Nullable
            Prediction predictedMicros,

            @JsonPropertyDescription("Each shard's part, in their order.")
            List<ShardLatency> shards) {}

    /** One shard's part in the searches. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("One shard's part in the searches.")
    public record ShardLatency(
            @JsonPropertyDescription("Name of the shard.") String shard,

            @JsonPropertyDescription(
                    "From the intended start of the search to this shard's answer; absent if there is none.")
            @Nullable
            LatencySummary latencyMicros,

            @JsonPropertyDescription("Whole answers in which it was the slowest.")
            long slowest,

            @JsonPropertyDescription("Partial answers without it.")
            long missing) {}

    /** Joins of one player with its guild, one after the other. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("Joins of one player with its guild, one after the other.")
    public record Joins(
            @JsonPropertyDescription("The player from its shard, then the guild from its own.")
            Cost acrossShards,

            @JsonPropertyDescription("In one statement, on a server that has all rows.")
            Cost onOneServer,

            @JsonPropertyDescription("Rows of the join of all players.")
            long rows,

            @JsonPropertyDescription("Rows that each shard gives to the same SQL, which it answers without an error.")
            List<OneShard> onOneShard,

            @JsonPropertyDescription(
                    "Rows that no shard gives, because player and guild are on different ones; absent if a shard did not answer.")
            @Nullable
            Long missedByAll) {
        private List<String> console(String busy) {
            List<String> lines = new ArrayList<>();
            String all = String.format(Locale.ROOT, "%,d %s", rows, Plural.noun(rows, "row"));
            lines.add("Joins of a player with its guild:" + busy);
            lines.add(String.format(
                    Locale.ROOT, "  %-14s%12s%10s%10s%10s", "", "round trips", "p50 ms", "p95 ms", "p99 ms"));
            lines.add(acrossShards.console("across shards"));
            lines.add(onOneServer.console("on one server"));
            onOneShard.forEach(shard -> lines.add(shard.console(all)));
            if (missedByAll != null) {
                lines.add(String.format(
                        Locale.ROOT, "  %,d of %s are given by no shard, whichever is asked", missedByAll, all));
            }
            return lines;
        }
    }

    /** What one way to join costs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("What one way to join costs.")
    public record Cost(
            @JsonPropertyDescription("Statements of one join, each of which waits for the one before.")
            int roundTrips,

            @JsonPropertyDescription("Joins that were answered, without the first tenth; absent if there is none.")
            @Nullable
            LatencySummary latencyMicros) {
        private String console(String what) {
            return latencyMicros == null
                    ? String.format(Locale.ROOT, "  %-14s%12d%10s%10s%10s", what, roundTrips, "-", "-", "-")
                    : String.format(
                            Locale.ROOT,
                            "  %-14s%12d%10.2f%10.2f%10.2f",
                            what,
                            roundTrips,
                            latencyMicros.p50() / 1e3,
                            latencyMicros.p95() / 1e3,
                            latencyMicros.p99() / 1e3);
        }
    }

    /** What one shard gives. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("What one shard gives to the SQL of the join of all players.")
    public record OneShard(
            @JsonPropertyDescription("Name of the shard.") String shard,

            @JsonPropertyDescription("Rows that it gives; absent if it did not answer.") @Nullable
            Long rows,

            @JsonPropertyDescription("Rows that it silently misses; absent if it did not answer.") @Nullable
            Long missed,

            @JsonPropertyDescription("Why it did not answer; absent if it did.") @Nullable
            String reason) {
        private String console(String all) {
            return reason != null
                    ? "  the same SQL on " + shard + " alone got no answer: " + reason
                    : String.format(
                            Locale.ROOT,
                            "  the same SQL on %s alone gives %,d of %s, and no error: it misses %,d",
                            shard,
                            rows,
                            all,
                            missed);
        }
    }

    /**
     * Lines for the console.
     *
     * @param mark of a part that a busy machine may have spoilt
     */
    public List<String> console(UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Searches of all shards (%d/s, at most %s of each): %,d answered, %,d failed%s",
                scatter.rate,
                Plural.of(scatter.limit, "row"),
                scatter.searches,
                scatter.failed,
                mark.apply(SearchLoad.STAGE)));
        lines.add(String.format(
                Locale.ROOT,
                "  %-10s%10s%10s%10s%11s%12s",
                "",
                "p50 ms",
                "p95 ms",
                "p99 ms",
                "slowest in",
                "missing in"));
        for (ShardLatency shard : scatter.shards) {
            lines.add(row(shard.shard, shard.latencyMicros)
                    + String.format(Locale.ROOT, "%11d%12d", shard.slowest, shard.missing));
        }
        lines.add(row("all", scatter.latencyMicros));
        if (scatter.predictedMicros != null) {
            Prediction expected = scatter.predictedMicros;
            lines.add(row("predicted", expected.p50(), expected.p95(), expected.p99()));
            lines.add("  " + expected.basis());
        }
        if (joins != null) {
            lines.addAll(joins.console(mark.apply(JOINS)));
        }
        return lines;
    }

    private static String row(String what, @Nullable LatencySummary latency) {
        return latency == null
                ? String.format(Locale.ROOT, "  %-10s%10s%10s%10s", what, "-", "-", "-")
                : row(what, latency.p50(), latency.p95(), latency.p99());
    }

    private static String row(String what, long p50, long p95, long p99) {
        return String.format(Locale.ROOT, "  %-10s%10.2f%10.2f%10.2f", what, p50 / 1e3, p95 / 1e3, p99 / 1e3);
    }
}
