package distributedmysql.gatling;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.check.Meanings;
import java.util.function.Supplier;

/**
 * A judgement that a simulation makes at one point of its run.
 *
 * @param meaning what people are told if the verdict is not VALID
 * @param judge may block; its result must have this name
 */
public record Check(String name, Meaning meaning, Supplier<CheckResult> judge) {
    /**
     * One of the framework's.
     *
     * @throws IllegalArgumentException if {@link Meanings} does not know it: a check of your own brings its meaning
     */
    public Check(String name, Supplier<CheckResult> judge) {
        this(
                name,
                Meanings.of(name)
                        .orElseThrow(() -> new IllegalArgumentException("check " + name
                                + ": nobody has said what it means if it is not VALID, and what to do then; give a"
                                + " Meaning")),
                judge);
    }

    /** As one Gatling request. */
    String request() {
        return "check " + name;
    }

    /** A check that cannot be made is UNKNOWN. */
    CheckResult result() {
        try {
            return judge.get().meaning(meaning);
        } catch (RuntimeException e) {
            return CheckResult.unknown(name, "the check could not be made: " + e)
                    .meaning(meaning);
        }
    }
}
