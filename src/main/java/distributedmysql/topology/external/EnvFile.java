package distributedmysql.topology.external;

import distributedmysql.mysql.TopologyException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of environment variables, read as Docker Compose reads its {@code .env} (https://docs.docker.com/compose/env-file/, and,
 * where that says nothing, what Compose 2 does). Not thread-safe.
 */
final class EnvFile {
    private static final Pattern EXPORT = Pattern.compile("export\\s+");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.\\-\\[\\]]+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[abfnrtv$\"\\\\]|0([0-3][0-7]{2})|0)");
    private static final String BLANK = " \t\u000B\f\r\u0085\u00A0";

    private final Path file;
    private final String text;
    private final Map<String, String> environment;
    private final Map<String, String> values = new HashMap<>();
    private int position;

    private EnvFile(Path file, String text, Map<String, String> environment) {
        this.file = file;
        this.text = text;
        this.environment = environment;
    }

    /**
     * The variables of the file; of several of one name, the last.
     *
     * @param environment whose variables win over those of the file where a value refers to one
     * @throws TopologyException with the file and the line, and without any value, if Compose would not read it either
     */
    static Map<String, String> read(Path file, String text, Map<String, String> environment) {
        EnvFile reader = new EnvFile(file, text, environment);
        while (reader.skipToName()) {
            reader.readVariable();
        }
        return reader.values;
    }

    private boolean skipToName() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '#') {
                position = endOfLine();
            } else if (c == '\n' || isBlank(c)) {
                position++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void readVariable() {
        Matcher export = EXPORT.matcher(text).region(position, text.length());
        if (export.lookingAt()) {
            position = export.end();
        }
        Matcher matcher = NAME.matcher(text).region(position, text.length());
        String name = matcher.lookingAt() ? matcher.group() : "";
        position += name.length();
        skipBlanks();
        if (position == text.length() || text.charAt(position) == '\n') {
            // A name alone is the environment's variable, where there is one.
            if (environment.containsKey(name)) {
                values.put(name, environment.get(name));
            }
            return;
        }
        char separator = text.charAt(position);
        if (separator != '=' && separator != ':') {
            throw refused(position, "no NAME=value");
        }
        position++;
        skipBlanks();
        String value = readValue();
        values.put(name, value);
    }

    private String readValue() {
        int start = position;
        char quote = position < text.length() ? text.charAt(position) : '\n';
        if (quote == '\'') {
            return readQuoted(quote);
        }
        if (quote == '"') {
            return expanded(unescaped(readQuoted(quote)), start);
        }
        position = endOfLine();
        String line = text.substring(start, position);
        int comment = line.indexOf(" #");
        return expanded((comment < 0 ? line : line.substring(0, comment)).stripTrailing(), start);
    }

    /** Over several lines too. A backslash keeps a quote, and goes then; before all else it stays. */
    private String readQuoted(char quote) {
        int start = position;
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == quote) {
                position++;
                return value.toString();
            }
            if (c == '\\' && position + 1 < text.length()) {
                char next = text.charAt(++position);
                value.append(next == quote ? "" : "\\").append(next);
            } else {
                value.append(c);
            }
        }
        throw refused(start, "a quote is not closed");
    }

    private static String unescaped(String value) {
        return ESCAPE.matcher(value).replaceAll(escape -> {
            String plain = escape.group(1) != null
                    ? Character.toString(Integer.parseInt(escape.group(1), 8))
                    : switch (escape.group().charAt(1)) {
                        case 'a' -> "\u0007";
                        case 'b' -> "\b";
                        case 'f' -> "\f";
                        case 'n' -> "\n";
                        case 'r' -> "\r";
                        case 't' -> "\t";
                        case 'v' -> "\u000B";
                        // For expanded(), which takes it for one.
                        case '$' -> "$$";
                        case '0' -> "\\";
                        default -> escape.group().substring(1);
                    };
            return Matcher.quoteReplacement(plain);
        });
    }

    private String expanded(String value, int start) {
        return new EnvExpansion(name -> environment.getOrDefault(name, values.get(name)), why -> refused(start, why))
                .of(value);
    }

    private void skipBlanks() {
        while (position < text.length() && isBlank(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isBlank(char c) {
        return BLANK.indexOf(c) >= 0;
    }

    private int endOfLine() {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end;
    }

    private TopologyException refused(int where, String why) {
        long line = 1 + text.substring(0, where).chars().filter(c -> c == '\n').count();
        return new TopologyException("external.password-file = " + file + ": line " + line + ": " + why
                + " (read as Docker Compose reads .env)");
    }
}
