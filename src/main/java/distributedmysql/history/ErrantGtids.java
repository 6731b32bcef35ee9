package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;

/**
 * What one server had executed while it was a replica and its primary had not, and what came to it neither from the
 * primary nor from another source.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonClassDescription("Errant transactions of one replica.")
public record ErrantGtids(
        @JsonPropertyDescription("The node's name.") String replica,

        @JsonPropertyDescription("Those that were there when the run began, as a GTID set; absent if there were none.")
        Optional<String> beforeRun,

        @JsonPropertyDescription("Those that came later, as a GTID set; absent if none did.")
        Optional<String> duringRun,

        @JsonPropertyDescription(
                "Why it could not be found out, when the run began or when it ended; absent if it could.")
        Optional<String> problem) {

    /** Whether it has, or had, any. */
    public boolean found() {
        return beforeRun.isPresent() || duringRun.isPresent();
    }
}
