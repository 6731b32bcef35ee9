package distributedmysql.report.html;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What docs/verdicts.md, which the jar carries, says of each check. */
final class VerdictsDoc {
    private static final Path FILE = Path.of("docs", "verdicts.md");
    private static final Pattern PARAGRAPH =
            Pattern.compile("(?m)^### (.+)\\n\\s*\\*Proves\\* ([\\s\\S]*?[.;:])(?=\\s)");

    private final Map<String, String> proves = new HashMap<>();

    private VerdictsDoc() {}

    static VerdictsDoc read() throws IOException {
        VerdictsDoc doc = new VerdictsDoc();
        PARAGRAPH
                .matcher(Inlined.resource("distributedmysql/report/html/verdicts.md"))
                .results()
                .forEach(doc::add);
        return doc;
    }

    private void add(MatchResult paragraph) {
        String sentence = paragraph
                .group(2)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[`*]", "")
                .replaceAll("\\s+", " ")
                .replaceFirst("[;:]$", ".");
        proves.put(paragraph.group(1), "Proves " + sentence);
    }

    /** In a sentence. */
    Optional<String> proves(String check) {
        return Optional.ofNullable(proves.get(family(check)));
    }

    /** Of the paragraph, if the file is where the run was started. */
    Optional<String> href(String check, Path json) {
        return proves.containsKey(family(check)) && Files.isRegularFile(FILE)
                ? Optional.of(Links.from(json, FILE) + "#" + anchor(family(check)))
                : Optional.empty();
    }

    /** {@code server counts} of {@code server counts: mixed 200/s}. */
    private static String family(String check) {
        return check.replaceFirst(": [\\s\\S]*", "");
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    }
}
