package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.TargetRate;
import distributedmysql.check.Verdict;
import distributedmysql.history.JsonRule;
import distributedmysql.mysql.CapUse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * That {@code external.max-rate} limited what was measured: at least one request in a hundred had to wait for it. The
 * figures beside it then say less about the servers than about the cap.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What external.max-rate did to a load.")
public record LimitedByCap(
        @JsonPropertyDescription("external.max-rate.") @JsonRule("minimum: 1")
        int maxRate,

        @JsonPropertyDescription(
                "Requests that the run sent meanwhile, to all servers, as these count them (Questions).")
        @JsonRule("minimum: 1")
        long requests,

        @JsonPropertyDescription("How many of them had to wait.") @JsonRule("minimum: 1")
        long waited,

        @JsonPropertyDescription("How long each of these waited, on average, in milliseconds.")
        double meanWaitMillis,

        @JsonPropertyDescription("In how much of the time somebody waited, in percent.") @JsonRule("maximum: 100")
        double timePercent) {
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
