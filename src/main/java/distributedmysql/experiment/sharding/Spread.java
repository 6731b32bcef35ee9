package distributedmysql.experiment.sharding;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.util.List;

/** How one strategy shares out one kind of keys. */
@JsonClassDescription("How one strategy shares out one kind of keys. Shares are from 0 to 1.")
public record Spread(
        @JsonPropertyDescription("How the keys are made.") @JsonRule("enum: ['sequential', 'random', 'clustered']")
        String ids,

        @JsonPropertyDescription(
                "modulo: the key's hash modulo the number of shards; ranges: neighbouring keys together, cut so that each shard has as "
                        + "many of the keys; ring: consistent hashing.")
        @JsonRule("enum: ['modulo', 'ranges', 'ring']")
        String strategy,

        @JsonPropertyDescription("The keys of each shard.") List<Long> keys,

        @JsonPropertyDescription("Standard deviation of the shards' keys as a share of their mean.")
        double relativeDeviation,

        @JsonPropertyDescription("The share of the keys of the shard that has most of them.")
        double largestShare,

        @JsonPropertyDescription(
                "How likely keys that each go to any shard with the same probability would deviate as much (Pearson's chi-squared test).")
        double pValue,

        @JsonPropertyDescription(
                "The share of the keys that come next, a tenth more, of the shard that gets most of them.")
        double largestShareOfNext,

        @JsonPropertyDescription(
                "The share of the load of the shard that has most of it, where hot keys are asked for more often (Zipf's law).")
        double largestLoad,

        @JsonPropertyDescription("The share of the load of the hottest key, below which no strategy gets.")
        double hottestKey,

        @JsonPropertyDescription(
                "The share of the keys that belong to another shard when one is added; of ranges, it takes half of the fullest one.")
        double moved,

        @JsonPropertyDescription("The share of the keys of the shard that has most of them then.")
        double largestShareThen,

        @JsonPropertyDescription("The share of the keys that then move to a shard that was there before, for nothing.")
        double movedElsewhere) {}
