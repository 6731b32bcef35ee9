package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What backups of several shards are to each other. */
@JsonClassDescription("What backups of several shards are to each other.")
record AcrossShards(
        @JsonPropertyDescription("That there is no point at which they are consistent, and why.")
        String consistentPoint,

        @JsonPropertyDescription("The positions of the full backups, one set for each way in which they were made.")
        List<Positions> sets) {
    private static final String NONE =
            "each shard's backup is of one position of that shard, its GTIDs; the positions are of different"
                    + " moments, so across shards there is no consistent point";

    /** The positions of the full backups that were made in one way. */
    @JsonClassDescription("The positions of the full backups that were made in one way.")
    record Positions(
            @JsonPropertyDescription("How they were made.") @JsonRule("enum: ['clone', 'dump', 'hooks']")
            String strategy,

            @JsonPropertyDescription("One for each shard of which there is one.")
            List<Position> shards) {}

    /** The position of the backup of one shard. */
    @JsonClassDescription("The position of the backup of one shard.")
    record Position(
            @JsonPropertyDescription("The shard, for instance shard1.")
            String shard,

            @JsonPropertyDescription("The GTID set that it holds.") @JsonRule("minLength: null")
            String gtids,

            @JsonPropertyDescription("The moment to which that belongs, in UTC.")
            Instant at) {}

    static AcrossShards of(List<FullFigures> fulls) {
        return new AcrossShards(
                NONE,
                fulls.stream()
                        .map(FullFigures::strategy)
                        .distinct()
                        .map(strategy -> new Positions(
                                strategy,
                                fulls.stream()
                                        .filter(full -> full.strategy().equals(strategy) && full.stored() != null)
                                        .map(full -> new Position(
                                                full.shard(),
                                                full.stored().gtids(),
                                                full.stored().at()))
                                        .toList()))
                        .toList());
    }

    /** For the console. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("  " + consistentPoint + ":");
        sets.forEach(set -> lines.add("    " + set.strategy + ": "
                + (set.shards.isEmpty()
                        ? "none was made"
                        : set.shards.stream()
                                .map(position -> position.shard + " " + position.gtids)
                                .collect(Collectors.joining("; ")))));
        return lines;
    }
}
