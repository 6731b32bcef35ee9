package distributedmysql.check;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.util.BitSet;
import java.util.StringJoiner;

/** Ids, counted and named. */
@JsonClassDescription("Writes, counted and named.")
public record IdSet(
        @JsonPropertyDescription("How many.") long count,

        @JsonPropertyDescription(
                "Their numbers, ascending, for instance \"7, 101-200\"; the first 100 ranges, then an ellipsis.")
        @JsonRule("minLength: null")
        String ranges) {
    private static final int MOST_RANGES = 100;

    public static IdSet of(BitSet ids) {
        StringJoiner ranges = new StringJoiner(", ");
        int shown = 0;
        for (int first = ids.nextSetBit(0); first >= 0; shown++) {
            if (shown == MOST_RANGES) {
                ranges.add("…");
                break;
            }
            int end = ids.nextClearBit(first);
            ranges.add(end == first + 1 ? Integer.toString(first) : first + "-" + (end - 1));
            first = ids.nextSetBit(end);
        }
        return new IdSet(ids.cardinality(), ranges.toString());
    }

    public boolean none() {
        return count == 0;
    }

    /** The count, and the ids if there are any. */
    @Override
    public String toString() {
        return none() ? "0" : count + " (" + ranges + ")";
    }
}
