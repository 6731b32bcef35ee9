package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/** Something that happened in a run, which a person would want on its timeline. */
@JsonClassDescription("Something that happened.")
public record Event(
        @JsonPropertyDescription(
                "When, in milliseconds since the program's start, before the servers', on a clock that is never set back.")
        long millis,

        @JsonPropertyDescription("The same as a time of day, ISO-8601 in UTC.")
        Instant at,

        @JsonPropertyDescription(
                "step: a stage or another step of the run begins; fault: one is injected or healed, or could not be,"
                        + " or one of the commands external.hooks.* begins or has ended;"
                        + " promotion: another server is the primary from now on; finding: a check that is not VALID;"
                        + " warning: what may spoil the result.")
        Kind kind,

        @JsonPropertyDescription(
                "What it concerns: the name of a step, of a server, or of a check; of a warning, what it names first, such as external or settings.")
        String about,

        @JsonPropertyDescription("What happened, in one line.")
        String text) {

    /** What kinds there are; the description of {@link Event#kind} says what each is. */
    public enum Kind {
        STEP,
        FAULT,
        PROMOTION,
        FINDING,
        WARNING;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
