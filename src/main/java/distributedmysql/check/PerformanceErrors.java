package distributedmysql.check;

import distributedmysql.config.Plural;
import java.util.Locale;

/** Whether few enough requests failed. */
public final class PerformanceErrors {
    public static final String NAME = "performance errors";

    private PerformanceErrors() {}

    /**
     * @param requests all requests, those that failed included
     * @param maxPercent the share of failed requests, in percent, that is still allowed
     * @return {@code UNKNOWN} if no request was made
     * @throws IllegalArgumentException if there are fewer requests than errors, or a figure is negative or not a number
     */
    public static CheckResult check(long requests, long errors, double maxPercent) {
        if (errors < 0 || requests < errors || !(maxPercent >= 0)) {
            throw new IllegalArgumentException(
                    "requests " + requests + ", errors " + errors + ", maxPercent " + maxPercent);
        }
        if (requests == 0) {
            return CheckResult.unknown(NAME, "no request was made");
        }
        double percent = 100.0 * errors / requests;
        String evidence = String.format(
                Locale.ROOT,
                "%,d of %,d %s failed (%s %%); at most %s %% may",
                errors,
                requests,
                Plural.noun(requests, "request"),
                figure(percent),
                figure(maxPercent));
        return percent <= maxPercent ? CheckResult.valid(NAME, evidence) : CheckResult.invalid(NAME, evidence);
    }

    // Two significant digits at least: a small share must not be shown as none.
    private static String figure(double percent) {
        return percent == 0 || percent >= 0.01
                ? String.format(Locale.ROOT, "%.2f", percent)
                : String.format(Locale.ROOT, "%.1e", percent);
    }
}
