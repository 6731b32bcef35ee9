package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What became of one fault.
 *
 * @param name what it is, for instance {@code kill and restart}
 * @param node where
 * @param injected when it was there; null if it never was
 * @param healed when it was undone; null if it is not
 * @param description what exactly was done; empty if nothing was
 * @param error why it was not injected, or not healed; null if all went well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InjectedFault(
        String name, String node, Instant injected, Instant healed, String description, String error) {}
