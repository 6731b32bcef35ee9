package distributedmysql.report;

import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.List;

/** The verdict of a run and what it follows from, in words: the reason of a FAIL first, and UNKNOWN never counted as INVALID. */
public final class VerdictLine {
    private VerdictLine() {}

    /** For instance {@code FAIL: 1 check INVALID, 2 UNKNOWN, 48 VALID; 5 not run}. */
    static String of(RunReport report) {
        return report.verdict() + ": " + reason(report);
    }

    /** For instance {@code interrupted; the 5 checks that were judged are VALID}. */
    public static String reason(RunReport report) {
        int all = report.checks().size();
        List<String> parts = new ArrayList<>();
        if (!report.run().completed()) {
            parts.add(report.run().incomplete() + (all == 0 ? ", before any check was judged" : ""));
        } else if (all == 0) {
            parts.add("no check was made");
        }
        if (all > 0) {
            parts.add(report.run().completed() ? counts(report) : judged(report));
        }
        if (!report.notRun().isEmpty()) {
            parts.add(report.notRun().size() + " not run");
        }
        return String.join("; ", parts);
    }

    private static String judged(RunReport report) {
        int all = report.checks().size();
        if (number(report, Verdict.VALID) < all) {
            return "of those that were judged, " + counts(report);
        }
        return "the " + Plural.of(all, "check")
                + (all == 1 ? " that was judged is VALID" : " that were judged are VALID");
    }

    private static String counts(RunReport report) {
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.INVALID, Verdict.UNKNOWN, Verdict.VALID)) {
            long number = number(report, verdict);
            if (number > 0) {
                counts.add((counts.isEmpty() ? Plural.of(number, "check") : number) + " " + verdict);
            }
        }
        return String.join(", ", counts);
    }

    private static long number(RunReport report, Verdict verdict) {
        return report.checks().stream()
                .filter(check -> check.verdict() == verdict)
                .count();
    }
}
