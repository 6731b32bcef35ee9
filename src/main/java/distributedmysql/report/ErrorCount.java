package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.load.FailureCounts;
import distributedmysql.load.SqlFailure;
import java.util.List;

/** Failed requests with one SQLState and vendor code. */
@JsonClassDescription("Failed requests with one SQLState and vendor code.")
public record ErrorCount(
        @JsonPropertyDescription(
                "SQLState of five characters, POOL for a wait for a connection that timed out, or another "
                        + "word where the error has none.")
        String sqlState,

        @JsonPropertyDescription("MySQL error number; 0 where the error did not come from the server.")
        int code,

        @JsonPropertyDescription("How many requests failed so.")
        long count,

        @JsonPropertyDescription("The first message seen, shortened.") @JsonRule("minLength: null")
        String message) {
    private static final int LONGEST_MESSAGE = 200;

    public ErrorCount {
        message = Texts.shortened(message == null ? "" : message, LONGEST_MESSAGE);
    }

    /** With the first message without the values in it. */
    public static List<ErrorCount> summaries(List<FailureCounts.Failures> failures) {
        return failures.stream().map(one -> of(one, one.first().summary())).toList();
    }

    /** With the first line of the first message, as it came. */
    static List<ErrorCount> asTheyCame(List<FailureCounts.Failures> failures) {
        return failures.stream().map(one -> of(one, one.first().firstLine())).toList();
    }

    private static ErrorCount of(FailureCounts.Failures failures, String message) {
        return new ErrorCount(failures.first().sqlState(), failures.first().code(), failures.count(), message);
    }

    /** Whether they had no connection in time because of {@code external.max-rate}. */
    @JsonIgnore
    public boolean isOfCap() {
        return sqlState.equals(SqlFailure.RATE_CAP);
    }
}
