package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The binary logs that one shard's primary had closed and that were shipped. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The closed binary logs of one shard's primary that were stored as incremental backups.")
record Segments(
        @JsonPropertyDescription("The shard, for instance shard1; absent where there is only one.") @Nullable
        String shard,

        @JsonPropertyDescription("Name of the server that they are from.")
        String node,

        @JsonPropertyDescription("Incremental backups that were stored.")
        int count,

        @JsonPropertyDescription("Transactions in them.") long transactions,

        @JsonPropertyDescription("Their GTIDs, as a set.") @JsonRule("minLength: null")
        String gtids,

        @JsonPropertyDescription("What they consist of, in bytes.")
        long contentBytes,

        @JsonPropertyDescription("The same as stored, in bytes.")
        long storedBytes,

        @JsonPropertyDescription("Why not all were shipped; absent if they were.") @Nullable
        String problem) {

    /** For the console. */
    String line() {
        return String.format(
                        Locale.ROOT,
                        "  binary logs of %s%s: %s with %s, %.1f MB, stored as %.1f MB",
                        shard == null ? "" : shard + ", ",
                        node,
                        Plural.of(count, "segment"),
                        Plural.of(transactions, "transaction"),
                        contentBytes / 1e6,
                        storedBytes / 1e6)
                + (problem == null ? "" : "; " + problem);
    }
}
