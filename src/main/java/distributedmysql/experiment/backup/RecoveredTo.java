package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.report.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A recovery to one transaction. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A recovery to one transaction, and no further.")
record RecoveredTo(
        @JsonPropertyDescription("The shard, for instance shard1; absent where there is only one.") @Nullable
        String shard,

        @JsonPropertyDescription("GTID of the last transaction that was to be there.")
        String gtid,

        @JsonPropertyDescription("Number of the write that it is.")
        long write,

        @JsonPropertyDescription("Transactions of binary logs that were applied; absent if it did not come to it.")
        @Nullable
        Long transactions,

        @JsonPropertyDescription("What is there then; absent if it did not come to it.") @Nullable
        Restored restored,

        @JsonPropertyDescription("What went wrong; absent if nothing did.") @Nullable
        String problem) {
    String name() {
        return (shard == null ? "" : shard + ", ") + gtid;
    }

    /** For the console. */
    String line() {
        return problem != null
                ? "  recovery to " + name() + ": " + Texts.oneLine(problem)
                : String.format(
                        Locale.ROOT,
                        "  recovery to %s (write %d): applied %s, %s",
                        name(),
                        write,
                        Plural.of(transactions, "transaction"),
                        restored.line());
    }
}
