package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.MachineDoubt.Spoils;
import distributedmysql.check.Meaning;
import java.util.List;
import java.util.function.Supplier;

/**
 * A judgement that a simulation makes at one point of its run.
 *
 * @param meaning what people are told if the verdict is not VALID
 * @param judge may block; its result must have this name
 * @param spoils what of it a busy machine can spoil
 * @param when its figures were made, asked after it has judged; of a check that was not VALID, the times in which something
 *     went wrong. Where there is none, the state of this machine changes nothing
 */
public record Check(
        String name, Meaning meaning, Supplier<CheckResult> judge, Spoils spoils, Supplier<List<Timing>> when) {
    /** A check that nothing but the servers decides, however busy this machine is. */
    public Check(String name, Meaning meaning, Supplier<CheckResult> judge) {
        this(name, meaning, judge, Spoils.EVIDENCE, List::of);
    }

    /** The same check; a busy machine can spoil its figures, and so its verdict. */
    public Check ofFigures(Supplier<List<Timing>> times) {
        return new Check(name, meaning, judge, Spoils.VERDICT, times);
    }

    /** The same check; a busy machine can keep it from having enough evidence. */
    public Check ofEvidence(Supplier<List<Timing>> times) {
        return new Check(name, meaning, judge, Spoils.EVIDENCE, times);
    }

    /** As one Gatling request. */
    String request() {
        return "check " + name;
    }

    /** A check that cannot be made is UNKNOWN. */
    public CheckResult result() {
        try {
            return judge.get().meaning(meaning);
        } catch (RuntimeException e) {
            return CheckResult.unknown(name, Doubt.NOT_JUDGED, "the check could not be made: " + e)
                    .meaning(meaning);
        }
    }
}
