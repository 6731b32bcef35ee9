package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of one fault. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What became of one fault.")
public record InjectedFault(
        @JsonPropertyDescription("What it is, for instance \"kill and restart\".")
        String name,

        @JsonPropertyDescription("Where it was injected.") String node,

        @JsonPropertyDescription("When it was there, in UTC; absent if it never was.") @Nullable
        Instant injected,

        @JsonPropertyDescription("When it was undone, in UTC; absent if it is not.") @Nullable
        Instant healed,

        @JsonPropertyDescription("What exactly was done; empty if nothing was.") @JsonRule("minLength: null")
        String description,

        @JsonPropertyDescription(
                "Why it was not injected (for instance because it is not possible on this machine), or not "
                        + "healed; absent if all went well.")
        @Nullable
        String error) {}
