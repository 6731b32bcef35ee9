package distributedmysql.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A verdict and why.
 *
 * @param name what was checked, for instance {@code server counts: mixed}
 * @param evidence one line that a person can verify: figures, and the first counter-example if there is one
 * @param meaning of a verdict that is not VALID; null where nobody has said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckResult(
        String name,
        Verdict verdict,
        String evidence,
        @JsonIgnore Meaning meaning) {
    /** With the meaning that the framework's checks have by their names. */
    public CheckResult(String name, Verdict verdict, String evidence) {
        this(name, verdict, evidence, Meanings.of(name).orElse(null));
    }

    public static CheckResult valid(String name, String evidence) {
        return new CheckResult(name, Verdict.VALID, evidence);
    }

    public static CheckResult invalid(String name, String evidence) {
        return new CheckResult(name, Verdict.INVALID, evidence);
    }

    public static CheckResult unknown(String name, String evidence) {
        return new CheckResult(name, Verdict.UNKNOWN, evidence);
    }

    /** The same with this meaning. */
    public CheckResult meaning(Meaning own) {
        return new CheckResult(name, verdict, evidence, own);
    }

    /** Whether it means something else than a check of this name usually does. */
    public boolean hasOwnMeaning() {
        return meaning != null && !meaning.equals(Meanings.of(name).orElse(null));
    }

    /** What the verdict means; null if it is VALID, or nobody has said. */
    @JsonProperty
    public String means() {
        return meaning == null ? null : meaning.of(verdict);
    }

    /** What to do; null if it is VALID, or nobody has said. */
    @JsonProperty
    public String next() {
        return meaning == null || verdict == Verdict.VALID ? null : meaning.next();
    }
}
