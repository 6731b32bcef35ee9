package distributedmysql.gatling;

import distributedmysql.check.CheckResult;
import java.util.function.Supplier;

/**
 * A judgement that a simulation makes at one point of its run.
 *
 * @param judge may block; its result must have this name
 */
public record Check(String name, Supplier<CheckResult> judge) {
    /** As one Gatling request. */
    String request() {
        return "check " + name;
    }

    /** A check that cannot be made is UNKNOWN. */
    CheckResult result() {
        try {
            return judge.get();
        } catch (RuntimeException e) {
            return CheckResult.unknown(name, "the check could not be made: " + e);
        }
    }
}
