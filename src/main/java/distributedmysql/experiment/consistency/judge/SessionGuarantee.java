package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.Evidence;
import distributedmysql.history.Strategy;
import org.jspecify.annotations.Nullable;

/** One guarantee under one read strategy. */
@JsonClassDescription("One session guarantee under one strategy.")
public record SessionGuarantee(
        @JsonPropertyDescription("The guarantee, as Terry et al. define it (1994).")
        Guarantee guarantee,

        @JsonPropertyDescription(
                "How the node of a read is chosen, and what is waited for before it: replica, any replica; "
                        + "sticky, one replica for each user; gtid-wait, any replica after it has executed the newest "
                        + "write that the session has made or seen; primary.")
        Strategy strategy,

        @JsonPropertyDescription(
                "Whether one violation makes the check INVALID; otherwise violations are a measurement.")
        boolean required,

        @JsonPropertyDescription("Reads that could have violated it.")
        long samples,

        @JsonPropertyDescription("Reads that did.") long violations,

        @JsonPropertyDescription("The first of them; null if there is none.") @Nullable
        CounterExample firstViolation) {

    /** A read that violates a guarantee. */
    @JsonClassDescription("A read that violates a session guarantee. Times are microseconds since the run's start.")
    public record CounterExample(
            @JsonPropertyDescription("The session that read.")
            long process,

            @JsonPropertyDescription("The row.") long key,

            @JsonPropertyDescription("The read had to show this version or a later one.")
            long expectedVersion,

            @JsonPropertyDescription("Why.") String because,

            @JsonPropertyDescription("What it showed; 0 for no row.")
            long observedVersion,

            @JsonPropertyDescription("Name of the node that was read.")
            String node,

            @JsonPropertyDescription("Before the read was sent.")
            long invokeMicros,

            @JsonPropertyDescription("After its answer.") long completeMicros) {

        @Override
        public String toString() {
            String observed = observedVersion == 0 ? "no row" : "version " + observedVersion;
            return "process " + process + " read " + observed + " of key " + key + " on " + node + " from "
                    + Evidence.seconds(invokeMicros) + " to " + Evidence.seconds(completeMicros) + ", but version "
                    + expectedVersion + " or later was due: " + because;
        }
    }
}
