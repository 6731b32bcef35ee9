package distributedmysql.topology;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The filters of one binary log or of one channel, and what they let pass: the rules of the manual's "How Servers
 * Evaluate Replication Filtering Rules" (https://dev.mysql.com/doc/refman/8.4/en/replication-rules.html), and of
 * {@code rpl_filter.cc} where the manual is silent. Immutable.
 *
 * <p>A statement is judged by its default database, a row by its own. With the changed database as the default one, which
 * is how everything of the framework's is sent, both have the same fate, and so has {@code CREATE DATABASE}, whose
 * database is the one that it names.
 *
 * @param prefix of the options' names: {@code binlog_} or {@code replicate_}
 * @param ignoresCase of names: where {@code lower_case_table_names} is not 0
 */
public record FilterRules(String prefix, boolean ignoresCase, Map<Kind, List<String>> rules) {
    /** As in the options' names. */
    public enum Kind {
        DO_DB,
        IGNORE_DB,
        DO_TABLE,
        IGNORE_TABLE,
        WILD_DO_TABLE,
        WILD_IGNORE_TABLE,
        REWRITE_DB
    }

    private static final Pattern REWRITE = Pattern.compile("\\(([^,]*),([^)]*)\\)");

    public FilterRules {
        rules = Map.copyOf(rules);
    }

    /** @param shown each filter as the server shows it: names with commas between, of a rewritten one {@code (from,to)} */
    static FilterRules of(String prefix, boolean ignoresCase, Map<Kind, String> shown) {
        Map<Kind, List<String>> rules = new EnumMap<>(Kind.class);
        shown.forEach((kind, text) -> {
            if (!text.isEmpty()) {
                rules.put(kind, kind == Kind.REWRITE_DB ? rewritten(text) : List.of(text.split(",")));
            }
        });
        return new FilterRules(prefix, ignoresCase, rules);
    }

    private static List<String> rewritten(String text) {
        List<String> names = new ArrayList<>();
        Matcher pairs = REWRITE.matcher(text);
        while (pairs.find()) {
            names.add(pairs.group(1));
            names.add(pairs.group(2));
        }
        return names;
    }

    /** Each filter as {@code name = value}; none if nothing is filtered. */
    public List<String> shown() {
        List<String> shown = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (rules.containsKey(kind)) {
                shown.add(shown(kind));
            }
        }
        return shown;
    }

    /** The filter that keeps the database or one of these tables in it from passing whole; empty if all pass. */
    public Optional<String> stops(String database, List<String> tables) {
        return stopsDatabase(database)
                .or(() -> tables.stream()
                        .flatMap(table ->
                                stopsTable(database, table).map(filter -> filter + ", by its table " + table).stream())
                        .findFirst());
    }

    /** The filter that {@code CREATE DATABASE} and {@code DROP DATABASE} do not pass, if there is one. */
    Optional<String> stopsDatabase(String database) {
        Optional<String> asDefault = stopsAsDefault(database);
        // A rule for databases, if there is one, leaves those for tables unread here.
        if (asDefault.isPresent() || has(Kind.DO_DB) || has(Kind.IGNORE_DB)) {
            return asDefault;
        }
        // "db.", without a table, is what the wild rules are asked then.
        return stopsByWild(database + ".");
    }

    /**
     * The filter that neither a row of the table passes, nor a statement that changes it while its database is the
     * default one; empty if they pass.
     */
    public Optional<String> stopsTable(String database, String table) {
        Optional<String> asDefault = stopsAsDefault(database);
        if (asDefault.isPresent()) {
            return asDefault;
        }
        String name = database + "." + table;
        if (matches(Kind.DO_TABLE, name)) {
            return Optional.empty();
        }
        if (matches(Kind.IGNORE_TABLE, name)) {
            return Optional.of(shown(Kind.IGNORE_TABLE));
        }
        boolean chosen = wild(Kind.WILD_DO_TABLE, name);
        return !chosen && has(Kind.DO_TABLE) && !wild(Kind.WILD_IGNORE_TABLE, name)
                ? Optional.of(shown(Kind.DO_TABLE))
                : stopsByWild(name);
    }

    /** A list of databases to do leaves the one of databases to ignore unread. */
    private Optional<String> stopsAsDefault(String database) {
        if (matches(Kind.REWRITE_DB, database)) {
            return Optional.of(shown(Kind.REWRITE_DB));
        }
        if (has(Kind.DO_DB)) {
            return matches(Kind.DO_DB, database) ? Optional.empty() : Optional.of(shown(Kind.DO_DB));
        }
        return matches(Kind.IGNORE_DB, database) ? Optional.of(shown(Kind.IGNORE_DB)) : Optional.empty();
    }

    private Optional<String> stopsByWild(String name) {
        if (wild(Kind.WILD_DO_TABLE, name)) {
            return Optional.empty();
        }
        if (wild(Kind.WILD_IGNORE_TABLE, name)) {
            return Optional.of(shown(Kind.WILD_IGNORE_TABLE));
        }
        return has(Kind.WILD_DO_TABLE) ? Optional.of(shown(Kind.WILD_DO_TABLE)) : Optional.empty();
    }

    private boolean has(Kind kind) {
        return rules.containsKey(kind);
    }

    private String shown(Kind kind) {
        return prefix + kind.name().toLowerCase(Locale.ROOT) + " = " + String.join(",", rules.get(kind));
    }

    private boolean matches(Kind kind, String name) {
        return rules.getOrDefault(kind, List.of()).stream()
                .anyMatch(rule -> ignoresCase ? rule.equalsIgnoreCase(name) : rule.equals(name));
    }

    private boolean wild(Kind kind, String name) {
        return rules.getOrDefault(kind, List.of()).stream()
                .anyMatch(rule -> regex(rule).matcher(name).matches());
    }

    /** With LIKE's wildcards, % and _, and a backslash before one that is meant. */
    private Pattern regex(String rule) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < rule.length(); i++) {
            char c = rule.charAt(i);
            if (c == '\\' && i + 1 < rule.length()) {
                regex.append(Pattern.quote(String.valueOf(rule.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(
                regex.toString(), Pattern.DOTALL | (ignoresCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0));
    }
}
