package distributedmysql.report;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a person reads on the page of a CI job, as GitHub's Markdown: the verdict, what failed and why, all figures. */
final class JobSummary {
    /** How our own files are known again. */
    static final String MARK = "<!-- MySQL Distributed Test Framework: job summary -->";

    /** GitHub takes at most 1 MiB for a step; the whole evidence is in the JSON summary. */
    private static final int EVIDENCE = 1_500;

    private static final int FAILURES = 100;
    private static final Pattern FENCE = Pattern.compile("`{3,}");

    /**
     * What means something in the middle of a line of GitHub's Markdown: a colon in a link or an emoji, a number sign before a
     * number, an underscore at the edge of a word.
     */
    private static final Pattern MARKUP = Pattern.compile(
            "[\\\\`*\\[|<&~$@]|:(?=//|[\\w+-]*[a-z][\\w+-]*:)|#(?=\\w)|(?<=\\bwww)[.]|(?<![^\\W_])_|_(?![^\\W_])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private JobSummary() {}

    /** @param console what the console says at the end */
    static String of(RunReport report, String console) {
        StringBuilder text = new StringBuilder(MARK).append('\n');
        text.append("## ")
                .append(report.verdict())
                .append(": ")
                .append(escaped(report.run().simulation()));
        text.append(", profile ").append(escaped(report.run().profile()));
        text.append(", ").append(escaped(report.topology().kind())).append("\n\n");
        text.append(counts(report)).append("\n\n");
        failures(report, text);
        String fence = fence(console);
        text.append("<details><summary>All figures and checks</summary>\n\n");
        text.append(fence)
                .append("text\n")
                .append(console.stripTrailing())
                .append('\n')
                .append(fence);
        text.append("\n\n</details>\n\n");
        return text.toString();
    }

    private static String counts(RunReport report) {
        return String.format(
                Locale.ROOT,
                "%s; %s, %.0f s",
                VerdictLine.reason(report),
                report.run().start().truncatedTo(ChronoUnit.SECONDS),
                report.run().durationSeconds());
    }

    private static void failures(RunReport report, StringBuilder text) {
        List<CheckResult> failed = failed(report);
        if (failed.isEmpty()) {
            return;
        }
        text.append("| verdict | check | evidence |\n|---|---|---|\n");
        failed.stream()
                .limit(FAILURES)
                .forEach(check -> text.append("| ")
                        .append(check.verdict())
                        .append(" | ")
                        .append(escaped(check.name()))
                        .append(" | ")
                        .append(escaped(Texts.cut(check.evidence(), EVIDENCE)))
                        .append(" |\n"));
        if (failed.size() > FAILURES) {
            text.append("\nand ").append(failed.size() - FAILURES).append(" more\n");
        }
        text.append('\n');
    }

    private static List<CheckResult> failed(RunReport report) {
        return report.checks().stream()
                .filter(check -> check.verdict() != Verdict.VALID)
                .toList();
    }

    /** As text in the cell of a table: what names, keys and values consist of is no markup. */
    static String escaped(String text) {
        return MARKUP.matcher(JUnitXml.allowed(text))
                .replaceAll(found -> "&#" + (int) found.group().charAt(0) + ";")
                .replace("\n", "<br>")
                .replace('\t', ' ');
    }

    /** Longer than any in the text. */
    private static String fence(String text) {
        int longest = FENCE.matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(2);
        return "`".repeat(longest + 1);
    }
}
