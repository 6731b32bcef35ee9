package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.TargetRate;
import distributedmysql.check.Verdict;
import distributedmysql.mysql.CapUse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * That {@code external.max-rate} limited what was measured: at least one request in a hundred had to wait for it. The
 * figures beside it then say less about the servers than about the cap.
 *
 * @param maxRate {@code external.max-rate}
 * @param requests that the run sent meanwhile, as the servers count them
 * @param waited how many of them had to wait
 * @param meanWaitMillis how long each of these waited, on average
 * @param timePercent in how much of the time somebody waited
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitedByCap(int maxRate, long requests, long waited, double meanWaitMillis, double timePercent) {
    /** Null if it did not. */
    public static LimitedByCap of(Optional<CapUse> use) {
        return use.filter(CapUse::limited)
                .map(limited -> new LimitedByCap(
                        limited.maxRate(),
                        limited.requests(),
                        limited.waited(),
                        Math.round(limited.waitNanos() / 1e4 / limited.waited()) / 100.0,
                        Math.round(1_000 * limited.timeShare()) / 10.0))
                .orElse(null);
    }

    /** For instance {@code limited by external.max-rate = 500}. */
    public String reason() {
        return "limited by external.max-rate = " + maxRate;
    }

    /** A line of the console: what was limited, and how. */
    public String warning(String what) {
        return String.format(
                Locale.ROOT, "warning: %s: %s, %.0f %% of the time", Texts.shortened(what, 32), reason(), timePercent);
    }

    /**
     * A rate that was missed only because of the cap says nothing about the servers.
     *
     * @param missed the stages that made the result what it is
     */
    public static CheckResult judged(CheckResult result, List<Stage> missed) {
        if (result.verdict() == Verdict.VALID
                || missed.isEmpty()
                || !missed.stream().allMatch(LimitedByCap::explains)) {
            return result;
        }
        String names = missed.stream()
                .map(stage -> stage.name() + " " + stage.limitedByCap().reason())
                .collect(Collectors.joining(", "));
        return CheckResult.unknown(result.name(), Doubt.LIMITED_BY_CAP, names + "; " + result.evidence());
    }

    /** Whether the stage had achieved its rate if nothing had waited; not where so many requests failed by themselves. */
    private static boolean explains(Stage stage) {
        if (stage.limitedByCap() == null) {
            return false;
        }
        double failed = (stage.failed() - stage.failedOfCap()) / stage.steadySeconds();
        return new TargetRate.OpenStage(
                        stage.name(), stage.targetQps(), Math.max(0, stage.targetQps() - failed), stage.steadySeconds())
                .isAchieved();
    }
}
