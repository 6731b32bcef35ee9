package distributedmysql.topology.external;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables in a value, replaced as Docker Compose does it
 * (https://docs.docker.com/reference/compose-file/interpolation/).
 *
 * @param variables null for one that is not set
 * @param refused makes the exception for a reason
 */
record EnvExpansion(UnaryOperator<String> variables, Function<String, ? extends RuntimeException> refused) {
    private static final Pattern START =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)|(\\{)(?:([A-Za-z_][A-Za-z0-9_]*)(:?[-+?]|}))?)");

    String of(String value) {
        StringBuilder result = new StringBuilder();
        int copied = 0;
        Matcher reference = START.matcher(value);
        while (reference.find(copied)) {
            result.append(value, copied, reference.start());
            copied = reference.end();
            if (reference.group(1) != null) {
                result.append('$');
            } else if (reference.group(2) != null) {
                result.append(orEmpty(variables.apply(reference.group(2))));
            } else if ("}".equals(reference.group(5))) {
                result.append(orEmpty(variables.apply(reference.group(4))));
            } else {
                int brace = reference.group(5) == null ? -1 : closing(value, copied);
                if (brace < 0) {
                    throw refused.apply("${ without a variable and }");
                }
                result.append(replaced(reference.group(4), reference.group(5), value.substring(copied, brace)));
                copied = brace + 1;
            }
        }
        return result.append(value, copied, value.length()).toString();
    }

    /** With a colon, a variable that is empty counts as one that is not set. */
    private String replaced(String name, String operator, String word) {
        String value = variables.apply(name);
        boolean isSet = value != null && !(operator.startsWith(":") && value.isEmpty());
        return switch (operator.charAt(operator.length() - 1)) {
            case '-' -> isSet ? value : of(word);
            case '+' -> isSet ? of(word) : "";
            default -> {
                if (!isSet) {
                    throw refused.apply("needs the variable " + name + ", which is not set");
                }
                yield value;
            }
        };
    }

    /** Where they are not pairs, the last one of the line. */
    private static int closing(String value, int from) {
        int open = 1;
        for (int i = from; i < value.length(); i++) {
            open += value.charAt(i) == '{' ? 1 : value.charAt(i) == '}' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        int line = value.indexOf('\n', from);
        int last = value.lastIndexOf('}', line < 0 ? value.length() : line);
        return last < from ? -1 : last;
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
