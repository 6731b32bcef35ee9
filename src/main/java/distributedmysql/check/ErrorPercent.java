package distributedmysql.check;

import distributedmysql.config.Plural;
import java.util.Locale;

/** Whether few enough requests failed. */
public final class ErrorPercent {
    private ErrorPercent() {}

    /**
     * How many requests there were.
     *
     * @param all those that failed included
     * @param ofCap those of the failed that had no connection in time because of {@code external.max-rate}
     */
    public record Requests(long all, long failed, long ofCap) {
        /** @throws IllegalArgumentException if one is more than what it is part of, or negative */
        public Requests {
            if (ofCap < 0 || failed < ofCap || all < failed) {
                throw new IllegalArgumentException("requests " + all + ", errors " + failed + ", of the cap " + ofCap);
            }
        }

        private long otherwise() {
            return failed - ofCap;
        }

        private double percent(long some) {
            return 100.0 * some / all;
        }
    }

    /**
     * @param name of the check
     * @param maxPercent the share of failed requests, in percent, that is still allowed
     * @return {@code UNKNOWN} if no request was made, or too many failed only because of {@code external.max-rate}
     * @throws IllegalArgumentException if the share is negative or not a number
     */
    public static CheckResult check(String name, Requests requests, double maxPercent) {
        if (!(maxPercent >= 0)) {
            throw new IllegalArgumentException("maxPercent " + maxPercent);
        }
        if (requests.all == 0) {
            return CheckResult.unknown(name, "no request was made");
        }
        String evidence = evidence(requests, maxPercent);
        if (requests.percent(requests.failed) <= maxPercent) {
            return CheckResult.valid(name, evidence);
        }
        return requests.percent(requests.otherwise()) <= maxPercent
                ? CheckResult.unknown(name, Doubt.LIMITED_BY_CAP, Doubt.CAP + "; " + evidence)
                : CheckResult.invalid(name, evidence);
    }

    private static String evidence(Requests requests, double maxPercent) {
        String failed = String.format(
                Locale.ROOT,
                "%,d of %,d %s failed (%s %%)",
                requests.failed,
                requests.all,
                Plural.noun(requests.all, "request"),
                figure(requests.percent(requests.failed)));
        String ofCap = requests.ofCap == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ": %,d waited too long for external.max-rate, %,d failed for another reason (%s %%)",
                        requests.ofCap,
                        requests.otherwise(),
                        figure(requests.percent(requests.otherwise())));
        return failed + ofCap + "; at most " + figure(maxPercent) + " % may";
    }

    // Two significant digits at least: a small share must not be shown as none.
    private static String figure(double percent) {
        return percent == 0 || percent >= 0.01
                ? String.format(Locale.ROOT, "%.2f", percent)
                : String.format(Locale.ROOT, "%.1e", percent);
    }
}
