package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Verdict;
import distributedmysql.topology.CapUse;
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

    String text() {
        return String.format(Locale.ROOT, "%s, %.0f %% of the time", reason(), timePercent);
    }

    /** What was not achieved where the cap was the limit says nothing about the servers. */
    public static CheckResult judged(CheckResult result, List<Stage> stages) {
        List<Stage> limited =
                stages.stream().filter(stage -> stage.limitedByCap() != null).toList();
        if (limited.isEmpty() || result.verdict() == Verdict.VALID) {
            return result;
        }
        String names = limited.stream()
                .map(stage -> stage.name() + " " + stage.limitedByCap().reason())
                .collect(Collectors.joining(", "));
        return CheckResult.unknown(result.name(), Doubt.LIMITED_BY_CAP, names + "; " + result.evidence());
    }
}
