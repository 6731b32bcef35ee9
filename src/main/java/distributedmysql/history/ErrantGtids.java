package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What one server had executed while it was a replica and its primary had not, and what came to it neither from the
 * primary nor from another source.
 *
 * @param replica the node's name
 * @param beforeRun GTIDs that were there when the run began
 * @param duringRun GTIDs that came later
 * @param problem why it could not be found out, at the beginning or in the end
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ErrantGtids(
        String replica, Optional<String> beforeRun, Optional<String> duringRun, Optional<String> problem) {

    /** Whether it has, or had, any. */
    public boolean found() {
        return beforeRun.isPresent() || duringRun.isPresent();
    }
}
