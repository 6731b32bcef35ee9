package distributedmysql.load.data;

import distributedmysql.config.Plural;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One statement of the load, in the forms that the engines want. Immutable.
 *
 * @param name the same in every report
 * @param text with {@code ?} for each parameter and for nothing else
 * @param parameters the session variables that fill the parameters, in order; {@link GameFeeder} says what they hold
 */
public record SqlStatement(String name, String text, List<String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("\\?");

    /**
     * @throws IllegalArgumentException if there is not one name for each parameter
     */
    public SqlStatement {
        parameters = List.copyOf(parameters);
        long marks = PARAMETER.matcher(text).results().count();
        if (marks != parameters.size()) {
            throw new IllegalArgumentException(name + ": " + Plural.of(marks, "parameter") + " in the text, "
                    + Plural.of(parameters.size(), "name") + ": " + parameters);
        }
    }

    /** With <code>{name}</code> for each parameter, as the gatling-jdbc plugin writes them. */
    public String withNames() {
        return replaced("{", "}");
    }

    /**
     * With Gatling's <code>#{name}</code>, in quotes, for each parameter: the values become part of the text. For the
     * plugin's {@code rawSql}, its only way to send any other statement than a query; safe because no value of
     * {@link GameFeeder} holds a single quote or a backslash. MySQL converts a quoted number that a column of
     * numbers is set to or compared with, and still uses the column's index.
     */
    public String withExpressions() {
        return replaced("'#{", "}'");
    }

    private String replaced(String before, String after) {
        List<MatchResult> marks = PARAMETER.matcher(text).results().toList();
        StringBuilder replaced = new StringBuilder(text);
        for (int i = marks.size() - 1; i >= 0; i--) {
            replaced.replace(marks.get(i).start(), marks.get(i).end(), before + parameters.get(i) + after);
        }
        return replaced.toString();
    }
}
