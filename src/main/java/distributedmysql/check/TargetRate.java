package distributedmysql.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether every stage of the open model achieved its target rate; else its latencies belong to another load. */
public final class TargetRate {
    /** What a stage must achieve of its target, but for one request: a stage need not begin with an arrival. */
    public static final double LEAST_PERCENT = 99.5;

    public static final String NAME = "target rate";

    public static final Meaning MEANING = new Meaning(
            "Fewer requests per second were made than planned, so the latencies belong to another load.",
            "No stage at a fixed rate was run to its end.",
            "Look whether the servers or this machine were busy (stages[].generator); lower the rates,"
                    + " or run where there is room.");

    private TargetRate() {}

    /**
     * One stage of the open model; rates in requests per second. Target and duration must be above 0, and the achieved rate
     * a number that is not negative.
     */
    public record OpenStage(String name, double targetQps, double achievedQps, double seconds) {
        public OpenStage {
            if (!(targetQps > 0) || !(achievedQps >= 0) || !(seconds > 0)) {
                throw new IllegalArgumentException(
                        name + ": target " + targetQps + ", achieved " + achievedQps + ", in " + seconds + " s");
            }
        }

        /** Whether it achieved what a stage must, {@link #LEAST_PERCENT}. */
        public boolean isAchieved() {
            double intended = targetQps * seconds;
            return Math.round(achievedQps * seconds) >= Math.min(intended * LEAST_PERCENT / 100, intended - 1);
        }

        private String figures() {
            return String.format(
                    Locale.ROOT,
                    "%s: %.1f of %.1f requests/s (%.2f %%)",
                    name,
                    achievedQps,
                    targetQps,
                    100 * achievedQps / targetQps);
        }
    }

    /** {@code UNKNOWN} if there is no stage. */
    public static CheckResult check(List<OpenStage> stages) {
        if (stages.isEmpty()) {
            return CheckResult.unknown(NAME, "no stage of the open model was run");
        }
        List<OpenStage> missed =
                stages.stream().filter(stage -> !stage.isAchieved()).toList();
        String least = "; at least " + LEAST_PERCENT + " % is needed";
        return missed.isEmpty()
                ? CheckResult.valid(NAME, figures(stages) + least)
                : CheckResult.invalid(NAME, figures(missed) + least);
    }

    private static String figures(List<OpenStage> stages) {
        return stages.stream().map(OpenStage::figures).collect(Collectors.joining(", "));
    }
}
