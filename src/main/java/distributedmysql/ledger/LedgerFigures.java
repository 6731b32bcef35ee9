package distributedmysql.ledger;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.IdSet;
import distributedmysql.history.JsonRule;
import distributedmysql.history.Ledger;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What became of a ledger's writes, and what every node holds in the end. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What became of numbered writes, and what every node holds in the end.")
public record LedgerFigures(
        @JsonPropertyDescription("What became of the writes; absent if it is not known.") @Nullable
        Writes writes,

        @JsonPropertyDescription("What each node holds in the end.")
        List<NodeRows> nodes,

        @JsonPropertyDescription("Errors over time.") List<ErrorCount> errors) {

    /**
     * By what was recorded so far. Without the rows of the primary there are no {@code writes} and no {@code nodes}.
     *
     * @param primary the name of the node that is the primary in the end
     * @param startMicros what the seconds of the errors count from, on the run's clock; not after any request
     */
    public static LedgerFigures of(Ledger ledger, String primary, long startMicros) {
        return new LedgerTally(ledger).figures(primary, startMicros);
    }

    /** What became of the writes, by what the primary holds in the end. */
    @JsonClassDescription("What became of the writes, by what the primary holds in the end.")
    public record Writes(
            @JsonPropertyDescription("Writes that were acknowledged.")
            long acknowledged,

            @JsonPropertyDescription("Acknowledged, and not there.")
            IdSet lost,

            @JsonPropertyDescription("Of unknown outcome, and there.")
            long unknownSurvived,

            @JsonPropertyDescription("Of unknown outcome, and not there.")
            long unknownVanished,

            @JsonPropertyDescription("Acknowledged more than once.")
            IdSet duplicates,

            @JsonPropertyDescription("Failed, and there all the same.")
            IdSet phantom,

            @JsonPropertyDescription("Seen by a reader, acknowledged or not, and not there.")
            IdSet seenThenLost,

            @JsonPropertyDescription("There, and sent by no client to this server: meant for another one, or not ours.")
            IdSet unsent) {}

    /** What one server holds in the end, beside what the primary holds. */
    @JsonClassDescription("The rows of one node in the end.")
    public record NodeRows(
            @JsonPropertyDescription("Its name.") String node,
            @JsonPropertyDescription("How many.") long rows,

            @JsonPropertyDescription("Not there, and on the primary.")
            IdSet missing,

            @JsonPropertyDescription("There, and not on the primary.")
            IdSet extra,

            @JsonPropertyDescription(
                    "Of extra: how many were acknowledged, so they are lost if this is a former primary.")
            long extraAcknowledged,

            @JsonPropertyDescription(
                    "Of extra: how many whose outcome their client never learned, so they are neither lost nor "
                            + "acknowledged.")
            long extraUnknown) {
        boolean differs() {
            return !missing.none() || !extra.none();
        }

        /** What differs; beside "0 lost", nobody must take writes of unknown outcome for lost ones. */
        String difference() {
            StringJoiner kinds = new StringJoiner(", ", ": ", "").setEmptyValue("");
            if (extraAcknowledged > 0) {
                kinds.add(extraAcknowledged + " acknowledged, which the primary has lost");
            }
            if (extraUnknown > 0) {
                kinds.add(extraUnknown + " of unknown outcome, which the client never learned, so neither acknowledged"
                        + " nor lost");
            }
            long others = extra.count() - extraAcknowledged - extraUnknown;
            if (others > 0) {
                kinds.add(others + " that failed, or that no client sent");
            }
            return node + ": missing " + missing + ", extra " + extra + kinds;
        }
    }

    /** The requests that failed in one second in one way. */
    @JsonClassDescription("Failed requests of one second.")
    public record ErrorCount(
            @JsonPropertyDescription("Of completion, from start.")
            long second,

            @JsonPropertyDescription("What failed.") @JsonRule("enum: ['write', 'read']")
            String operation,

            @JsonPropertyDescription("SQLState and error number, for instance 08S01/0.")
            String error,

            @JsonPropertyDescription("How many.") @JsonRule("minimum: 1")
            long count) {}
}
