package distributedmysql.monitor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statement texts as the digests of performance_schema have them. */
final class StatementDigest {
    private static final Pattern QUOTED_OR_PARAMETER = Pattern.compile(
            "'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`[^`]*`|/\\*.*?\\*/|--\\s[^\\n]*|#[^\\n]*|\\?",
            Pattern.DOTALL);
    private static final Pattern SIGN_OF_LITERAL = Pattern.compile("(?<![`)?] )- \\?");
    private static final Pattern CHARSET_OF_LITERAL = Pattern.compile("\\(_charset\\) \\?");
    private static final Pattern BOOLEAN_LITERAL = Pattern.compile("(?<!`)\\b(?:TRUE|FALSE)\\b(?!`)");

    private StatementDigest() {}

    /** The statement with a literal for each parameter; STATEMENT_DIGEST_TEXT() takes no parameter (error 3676). */
    static String withLiterals(String sql) {
        return QUOTED_OR_PARAMETER
                .matcher(sql)
                .replaceAll(found -> found.group().equals("?") ? "0" : Matcher.quoteReplacement(found.group()));
    }

    /**
     * One form for all values of a parameter. The server's is not: {@code a = -1}, {@code a = TRUE} and
     * {@code a = _binary'x'} have digests of their own (tried on 8.0.33), and a driver that prepares on the client
     * sends such literals.
     */
    static String normalised(String digestText) {
        String text = CHARSET_OF_LITERAL.matcher(digestText).replaceAll("?");
        text = BOOLEAN_LITERAL.matcher(text).replaceAll("?");
        return SIGN_OF_LITERAL.matcher(text).replaceAll("?");
    }

    /** The first word of a digest's text, which is in capitals. */
    static String command(String digestText) {
        String[] words = digestText.replace('(', ' ').strip().split(" ", 2);
        return words[0].equals("START") ? "BEGIN" : words[0];
    }
}
