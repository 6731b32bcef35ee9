package distributedmysql.experiment.quorumloss;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.IdSet;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What a survivor without a majority may tell its clients. */
final class QuorumLossChecks {
    private static final String NAME = "acknowledged without a quorum";
    private static final String ERRORS = "refused without a quorum";

    /** ER_RUN_HOOK_ERROR: group replication could not agree upon the transaction. */
    private static final int REFUSED = 3100;

    static final Meaning ACKNOWLEDGED = new Meaning(
            "A member without the majority of its group acknowledged writes, which the others may never have had.",
            "No write was under way in that time, or the group did not come to lose its majority.",
            "Look up the numbers on every member; see in the survivor's error log what it took for the group.");

    static final Meaning ANSWERS = new Meaning(
            "A write was left without an answer for longer than quorum-loss.answer-within.",
            "No write was refused by the survivor, or the group did not come to lose its majority.",
            "Compare group_replication_unreachable_majority_timeout and 5 s, after which members suspect each other,"
                    + " with quorum-loss.answer-within.");

    private QuorumLossChecks() {}

    static String acknowledgedName(Recovery recovery) {
        return NAME + ": " + recovery.label();
    }

    static String answersName(Recovery recovery) {
        return ERRORS + ": " + recovery.label();
    }

    /**
     * INVALID if a write that arrived after the others were dead was acknowledged before the recovery began. One that was under way before
     * may have been agreed upon while they lived.
     */
    static CheckResult acknowledged(Ledger ledger, QuorumLoss loss) {
        List<LedgerWrite> arrived = writes(
                ledger,
                write -> write.invokeMicros() >= loss.lostMicros() && write.invokeMicros() < loss.recoveryMicros());
        BitSet acknowledged = new BitSet();
        arrived.stream()
                .filter(write -> write.ending().isOk() && write.completeMicros() < loss.recoveryMicros())
                .forEach(write -> acknowledged.set((int) write.id()));
        int waiting = writes(
                        ledger,
                        write -> write.invokeMicros() < loss.lostMicros()
                                && write.completeMicros() >= loss.noticedMicros())
                .size();
        return Evidence.judge(
                acknowledgedName(loss.recovery()),
                acknowledged.isEmpty()
                        ? ""
                        : loss.survivor() + " acknowledged " + IdSet.of(acknowledged) + " without a majority",
                arrived.isEmpty() && waiting == 0 ? "no write was under way meanwhile" : "",
                Plural.of(arrived.size(), "write") + " arrived in the "
                        + millis(loss.recoveryMicros() - loss.lostMicros())
                        + " without a majority, " + acknowledged.cardinality() + " acknowledged; waiting since before: "
                        + waiting);
    }

    /** INVALID if a write had to wait for longer than {@code within} for an answer, counted from the loss or its arrival. */
    static CheckResult answers(Ledger ledger, QuorumLoss loss, Duration within) {
        Optional<LedgerWrite> longest = writes(
                        ledger,
                        write -> write.completeMicros() > loss.lostMicros()
                                && write.invokeMicros() < loss.recoveryMicros())
                .stream()
                .max(Comparator.comparingLong(write -> waited(write, loss)));
        boolean late = longest.isPresent() && waited(longest.get(), loss) > within.toNanos() / 1_000;
        OptionalLong refused = firstRefused(ledger, loss);
        return Evidence.judge(
                answersName(loss.recovery()),
                late
                        ? "write " + longest.get().id() + " had no answer for " + millis(waited(longest.get(), loss))
                                + ", more than " + within.toMillis() + " ms"
                        : "",
                refused.isEmpty() ? "no write was refused by " + loss.survivor() + " (error " + REFUSED + ")" : "",
                "first refused (error " + REFUSED + ") "
                        + (refused.isEmpty() ? "never" : "after " + millis(refused.getAsLong() - loss.lostMicros()))
                        + "; the longest wait for an answer was "
                        + longest.map(write -> millis(waited(write, loss))).orElse("none"));
    }

    /** When the survivor first refused a write because the group could not agree upon it. */
    static OptionalLong firstRefused(Ledger ledger, QuorumLoss loss) {
        return writes(
                        ledger,
                        write -> write.ending().code() == REFUSED
                                && write.completeMicros() >= loss.lostMicros()
                                && write.invokeMicros() < loss.recoveryMicros())
                .stream()
                .mapToLong(LedgerWrite::completeMicros)
                .min();
    }

    private static long waited(LedgerWrite write, QuorumLoss loss) {
        return write.completeMicros() - Math.max(write.invokeMicros(), loss.lostMicros());
    }

    private static String millis(long micros) {
        return micros / 1_000 + " ms";
    }

    private static List<LedgerWrite> writes(Ledger ledger, Predicate<LedgerWrite> wanted) {
        List<LedgerWrite> found = new ArrayList<>();
        ledger.forEachWrite(write -> {
            if (wanted.test(write)) {
                found.add(write);
            }
        });
        return found;
    }
}
