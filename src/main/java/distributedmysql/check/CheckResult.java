package distributedmysql.check;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * A verdict and why.
 *
 * @param meaning of a verdict that is not VALID; null where nobody has said
 * @param doubt why it is UNKNOWN; null if it is not, or if it is for want of evidence, which the meaning tells
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("One check.")
public record CheckResult(
        @JsonPropertyDescription("What was checked.") String name,

        @JsonPropertyDescription("UNKNOWN: not enough evidence to say; fails the run as INVALID does.")
        Verdict verdict,

        @JsonPropertyDescription("Figures that a person can verify, and the first counter-example if there is one.")
        String evidence,

        @JsonIgnore Meaning meaning,
        @JsonIgnore Doubt doubt) {
    /** @throws IllegalArgumentException if there is a doubt about what is not UNKNOWN */
    public CheckResult {
        if (doubt != null && verdict != Verdict.UNKNOWN) {
            throw new IllegalArgumentException(name + " is " + verdict + ", in spite of " + doubt);
        }
    }

    /** Says nothing of what it means, as its check does. */
    public CheckResult(String name, Verdict verdict, String evidence) {
        this(name, verdict, evidence, null, null);
    }

    /** What was to hold, holds. */
    public static CheckResult valid(String name, String evidence) {
        return new CheckResult(name, Verdict.VALID, evidence);
    }

    /** What was to hold does not; the evidence has a counter-example. */
    public static CheckResult invalid(String name, String evidence) {
        return new CheckResult(name, Verdict.INVALID, evidence);
    }

    /** For want of evidence. */
    public static CheckResult unknown(String name, String evidence) {
        return new CheckResult(name, Verdict.UNKNOWN, evidence);
    }

    /** Because of a doubt, which says what the verdict means. */
    public static CheckResult unknown(String name, Doubt doubt, String evidence) {
        return new CheckResult(name, Verdict.UNKNOWN, evidence, null, doubt);
    }

    /** The same with this meaning. */
    public CheckResult meaning(Meaning own) {
        return new CheckResult(name, verdict, evidence, own, doubt);
    }

    /** The same of a check of this name. */
    public CheckResult named(String other) {
        return new CheckResult(other, verdict, evidence, meaning, doubt);
    }

    /** What the verdict means; null if it is VALID, or nobody has said. */
    @JsonProperty
    @JsonPropertyDescription("What the verdict means, in a sentence; absent if it is VALID.")
    public @Nullable String means() {
        if (doubt != null) {
            return doubt.means();
        }
        return meaning == null ? null : meaning.of(verdict);
    }

    /** What to do; null if it is VALID, or nobody has said. */
    @JsonProperty
    @JsonPropertyDescription("What to do next; absent if it is VALID. docs/verdicts.md has more.")
    public @Nullable String next() {
        if (doubt != null) {
            return doubt.next();
        }
        return meaning == null || verdict == Verdict.VALID ? null : meaning.next();
    }
}
