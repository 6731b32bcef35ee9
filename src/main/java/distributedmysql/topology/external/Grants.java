package distributedmysql.topology.external;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the connected user may do, its active roles included, as {@code SHOW GRANTS} says. Partial revokes and privileges
 * on single tables or columns are not looked at: the latter do not count as granted.
 */
final class Grants {
    private static final Pattern GRANT = Pattern.compile("GRANT (.+) ON (\\*|`(?:[^`]|``)+`)\\.\\* TO .*");
    private static final String ALL = "ALL PRIVILEGES";

    private record Grant(Set<String> privileges, String schema) {}

    private final List<Grant> grants = new ArrayList<>();

    private Grants() {}

    static Grants read(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            String roles;
            try (ResultSet row = statement.executeQuery("SELECT CURRENT_ROLE()")) {
                row.next();
                roles = row.getString(1);
            }
            String using = "NONE".equals(roles) ? "" : " USING " + roles;
            try (ResultSet rows = statement.executeQuery("SHOW GRANTS FOR CURRENT_USER()" + using)) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        return of(lines);
    }

    /** @param lines of {@code SHOW GRANTS} */
    static Grants of(List<String> lines) {
        Grants grants = new Grants();
        for (String line : lines) {
            Matcher matcher = GRANT.matcher(line);
            if (matcher.matches()) {
                Set<String> privileges = Arrays.stream(matcher.group(1).split(", "))
                        .map(name -> name.strip().toUpperCase(Locale.ROOT))
                        .collect(Collectors.toSet());
                grants.grants.add(new Grant(privileges, unquoted(matcher.group(2))));
            }
        }
        return grants;
    }

    /**
     * Those that are not granted, in alphabetical order.
     *
     * @param schema where they are needed, or {@code *} for all
     */
    Set<String> missing(String schema, String... privileges) {
        Set<String> missing = new TreeSet<>(List.of(privileges));
        for (Grant grant : grants) {
            if (covers(grant.schema, schema)) {
                missing.removeIf(name -> grant.privileges.contains(name) || grant.privileges.contains(ALL));
            }
        }
        return missing;
    }

    /** In a grant, _ and % are wildcards unless escaped (MySQL manual, "GRANT Statement"). */
    private static boolean covers(String pattern, String schema) {
        if (pattern.equals("*") || schema.equals("*")) {
            return pattern.equals("*");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else if (c == '_') {
                regex.append('.');
            } else if (c == '%') {
                regex.append(".*");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return schema.matches(regex.toString());
    }

    private static String unquoted(String name) {
        return name.equals("*") ? name : name.substring(1, name.length() - 1).replace("``", "`");
    }
}
