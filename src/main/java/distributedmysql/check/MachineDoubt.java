package distributedmysql.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a check is worth when the client's machine was busy. Never changes what a check of correctness found: a lost write is
 * lost however busy the machine was.
 */
public final class MachineDoubt {
    /** What a VALID check of figures begins with, because its line may be too short for its end. */
    private static final String MARK = "(busy machine) ";

    private MachineDoubt() {}

    /** What of a check a busy machine can spoil. */
    public enum Spoils {
        /** The figure, and so the verdict: a rate, a latency, a lag, a deadline. */
        VERDICT,
        /** Only how much evidence there is. INVALID stays. */
        EVIDENCE
    }

    /**
     * How busy the machine was while the figures of a check were made.
     *
     * @param share of the time that it must have been busy to explain what the check found, from 0 to 1
     * @param waitMillis the one wait that it must explain; 0 if what the check found is of many requests
     * @param silences of the servers in that time
     */
    public record During(BusyMachine machine, double share, double waitMillis, List<ServerSilence> silences) {
        public During {
            silences = List.copyOf(silences);
        }

        private boolean isBusy() {
            return machine.isBusy(share);
        }

        private boolean explains() {
            return isBusy()
                    && machine.explains(waitMillis)
                    && silences.stream().noneMatch(ServerSilence::isOfTheServer);
        }
    }

    /**
     * @param times each of those in which something went wrong; with a VALID result, those that were judged
     * @return UNKNOWN, with the reason first, where the check was not VALID and the machine's state explains all of it; otherwise
     *     the same verdict, and where it is one of figures, what is known about the machine behind the evidence. What is UNKNOWN
     *     for another reason than for want of evidence stays as it is: a quiet machine would not have changed it
     */
    public static CheckResult judge(CheckResult result, Spoils spoils, List<During> times) {
        boolean fixed = spoils == Spoils.EVIDENCE && result.verdict() != Verdict.UNKNOWN;
        if (fixed || result.doubt() != null || times.stream().noneMatch(During::isBusy)) {
            return result;
        }
        String busy = times.stream()
                .filter(During::isBusy)
                .map(time -> time.machine.text())
                .distinct()
                .collect(Collectors.joining("; "));
        boolean explained = times.stream().allMatch(During::explains);
        return switch (result.verdict()) {
            case VALID ->
                with(result, MARK + result.evidence() + "; this machine was busy, so figures may be too bad: " + busy);
            case UNKNOWN -> explained ? unknown(result, busy, "") : unexplained(result, busy, silence(times));
            case INVALID ->
                explained ? unknown(result, busy, "otherwise INVALID: ") : unexplained(result, busy, silence(times));
        };
    }

    private static CheckResult unknown(CheckResult result, String busy, String was) {
        return new CheckResult(
                result.name(),
                Verdict.UNKNOWN,
                "because this machine was busy (" + busy + "); " + was + result.evidence(),
                result.meaning(),
                Doubt.BUSY_MACHINE);
    }

    private static CheckResult with(CheckResult result, String evidence) {
        return new CheckResult(result.name(), result.verdict(), evidence, result.meaning(), null);
    }

    private static CheckResult unexplained(CheckResult result, String busy, String silence) {
        String silent = silence.isEmpty() || result.evidence().contains(silence) ? "" : "; " + silence;
        return with(result, result.evidence() + silent + "; this machine was busy, which does not explain it: " + busy);
    }

    private static String silence(List<During> times) {
        return times.stream()
                .flatMap(time -> time.silences.stream())
                .filter(ServerSilence::isOfTheServer)
                .map(ServerSilence::text)
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
