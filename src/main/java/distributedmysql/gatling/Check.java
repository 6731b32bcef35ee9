package distributedmysql.gatling;

import distributedmysql.check.CheckResult;
import distributedmysql.check.MachineDoubt.Spoils;
import java.util.List;
import java.util.function.Supplier;

/**
 * A judgement that a simulation makes at one point of its run.
 *
 * @param judge may block; its result must have this name
 * @param spoils what of it a busy machine can spoil
 * @param when its figures were made, asked after it has judged; of a check that was not VALID, the times in which something
 *     went wrong. Where there is none, the state of this machine changes nothing
 */
public record Check(String name, Supplier<CheckResult> judge, Spoils spoils, Supplier<List<Timing>> when) {
    /** A check that nothing but the servers decides, however busy this machine is. */
    public Check(String name, Supplier<CheckResult> judge) {
        this(name, judge, Spoils.EVIDENCE, List::of);
    }

    /** The same check; a busy machine can spoil its figures, and so its verdict. */
    Check ofFigures(Supplier<List<Timing>> times) {
        return new Check(name, judge, Spoils.VERDICT, times);
    }

    /** The same check; a busy machine can keep it from having enough evidence. */
    Check ofEvidence(Supplier<List<Timing>> times) {
        return new Check(name, judge, Spoils.EVIDENCE, times);
    }

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
