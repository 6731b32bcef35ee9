package distributedmysql.report.html;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.report.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check.
 *
 * @param evidence the beginning, if it is long
 * @param more the whole evidence if it is long; otherwise null
 * @param proves what it proves when it is VALID, in a sentence; null where docs/verdicts.md does not tell
 * @param href of the paragraph about it; null where that file is not on this machine
 */
record CheckRow(
        String name,
        String verdict,
        String evidence,
        @Nullable String more,
        @Nullable String means,
        @Nullable String next,
        @Nullable String proves,
        @Nullable String href) {
    private static final int LONG = 320;

    /** Those that are not VALID first. */
    static List<CheckRow> all(List<CheckResult> checks, Path json) throws IOException {
        VerdictsDoc doc = VerdictsDoc.read();
        return checks.stream()
                .sorted(Comparator.comparing(check -> check.verdict() == Verdict.VALID))
                .map(check -> of(check, doc, json))
                .toList();
    }

    private static CheckRow of(CheckResult check, VerdictsDoc doc, Path json) {
        String evidence = check.evidence().strip();
        boolean isLong = evidence.length() > LONG;
        return new CheckRow(
                check.name(),
                check.verdict().name(),
                isLong ? Texts.cut(Texts.oneLine(evidence), LONG) : evidence,
                isLong ? evidence : null,
                check.means(),
                check.next(),
                doc.proves(check.name()).orElse(null),
                doc.href(check.name(), json).orElse(null));
    }
}
