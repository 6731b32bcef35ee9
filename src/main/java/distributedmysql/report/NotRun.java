package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A check that was not made because the servers, or what the user may do there, do not allow it, or because the run ended
 * before. It counts neither for the verdict nor against it.
 */
@JsonClassDescription("A check that was not made.")
public record NotRun(
        @JsonPropertyDescription("What would have been checked.")
        String name,

        @JsonPropertyDescription("Why it was not made.") String reason) {
    /** The names of each reason, all in their order: the names are many, the reasons few. */
    public static Map<String, List<String>> byReason(List<NotRun> checks) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        checks.forEach(check ->
                names.computeIfAbsent(check.reason, reason -> new ArrayList<>()).add(check.name));
        return names;
    }
}
