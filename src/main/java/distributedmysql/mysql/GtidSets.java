package distributedmysql.mysql;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** GTID sets, as a server has them and reckons with them; all are without line breaks. Stateless and thread-safe. */
public final class GtidSets {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private GtidSets() {}

    /**
     * Everything that the node has executed.
     *
     * @throws TopologyException if it cannot be asked
     */
    public static String executed(Node node) {
        return Mysql.ask(node, "read gtid_executed", GtidSets::executed);
    }

    public static String executed(Mysql session) throws SQLException {
        return oneLine(session.text("SELECT @@GLOBAL.gtid_executed"));
    }

    /**
     * GTIDs of {@code set} that are not in {@code other}; empty if there are none.
     *
     * @param node any: it only reckons
     * @throws TopologyException if it cannot be asked
     */
    public static String subtract(Node node, String set, String other) {
        return Mysql.ask(node, "subtract GTID sets", session -> subtract(session, set, other));
    }

    /** As {@link #subtract(Node, String, String)}; a server skips empty sets between commas. */
    public static String subtract(Mysql session, String set, String other) throws SQLException {
        return oneLine(session.text("SELECT GTID_SUBTRACT(?, ?)", set, other));
    }

    /** A server breaks the lines of what it shows. */
    static String oneLine(String set) {
        return SPACE.matcher(set).replaceAll("");
    }
}
