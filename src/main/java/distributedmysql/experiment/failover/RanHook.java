package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One of the user's commands that was run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("One of the commands external.hooks.*, as it was run once.")
public record RanHook(
        @JsonPropertyDescription("Its key in the settings.") String hook,

        @JsonPropertyDescription("The server that it was run for, with its address.")
        String node,

        @JsonPropertyDescription("When, in UTC.") Instant begun,

        @JsonPropertyDescription("Of the shell; absent if it did not end by itself.") @JsonRule("minimum: null")
        Integer exitCode,

        @JsonPropertyDescription("Why there is no exit code; absent if there is one.") @Nullable
        String problem) {}
