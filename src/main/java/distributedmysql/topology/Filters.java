package distributedmysql.topology;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicationSql;
import distributedmysql.mysql.TopologyException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The filters that servers have, as they are now: all of them can be changed while a server runs, but for those of the
 * binary log. REPLICATION CLIENT is enough to see them. Stateless and thread-safe.
 *
 * <p>Every method throws {@link TopologyException} if a server cannot be asked.
 */
public final class Filters {
    private Filters() {}

    /** What does not come into the server's binary log. */
    public static FilterRules ofBinaryLog(Node node) {
        String query = new ReplicationSql(node.version()).binlogStatus();
        return ask(node, query, (row, ignoresCase) -> {
            boolean there = row.next();
            return FilterRules.of(
                    "binlog_",
                    ignoresCase,
                    Map.of(
                            FilterRules.Kind.DO_DB, there ? row.getString("Binlog_Do_DB") : "",
                            FilterRules.Kind.IGNORE_DB, there ? row.getString("Binlog_Ignore_DB") : ""));
        });
    }

    /**
     * What the replica does not apply of what comes from this source.
     *
     * @throws TopologyException also if it does not replicate from it
     */
    public static FilterRules ofChannel(Node replica, Node source) {
        String channel = Replication.statusFrom(replica, source).channel().name();
        String query = new ReplicationSql(replica.version()).status();
        return ask(replica, query, (row, ignoresCase) -> {
            Map<FilterRules.Kind, String> shown = new EnumMap<>(FilterRules.Kind.class);
            while (row.next()) {
                if (channel.equals(row.getString("Channel_Name"))) {
                    for (FilterRules.Kind kind : FilterRules.Kind.values()) {
                        // A column's name counts in whatever case.
                        shown.put(kind, row.getString("Replicate_" + kind));
                    }
                }
            }
            return FilterRules.of("replicate_", ignoresCase, shown);
        });
    }

    /**
     * What a new channel does not apply after the server's next start, as that of a server that rejoins after a failover:
     * what its configuration says. Filters that were changed at run time are gone by then; of one that was emptied, 8.0.33
     * shows another one's value in this table.
     */
    public static FilterRules ofNewChannels(Node node) {
        String query = "SELECT FILTER_NAME, FILTER_RULE FROM performance_schema.replication_applier_global_filters"
                + " WHERE CONFIGURED_BY = 'STARTUP_OPTIONS'";
        return ask(node, query, (row, ignoresCase) -> {
            Map<FilterRules.Kind, String> shown = new EnumMap<>(FilterRules.Kind.class);
            while (row.next()) {
                String name = row.getString(1).substring("REPLICATE_".length());
                shown.put(FilterRules.Kind.valueOf(name), row.getString(2));
            }
            return FilterRules.of("replicate_", ignoresCase, shown);
        });
    }

    /**
     * Why the replica need not have what the primary has of this table; empty if nothing is filtered.
     *
     * @return the server and its filter
     */
    public static Optional<String> between(Node primary, Node replica, String database, String table) {
        return ofBinaryLog(primary)
                .stopsTable(database, table)
                .map(filter -> primary + ": " + filter)
                .or(() ->
                        ofChannel(replica, primary).stopsTable(database, table).map(filter -> replica + ": " + filter));
    }

    private interface Reading {
        FilterRules of(ResultSet rows, boolean ignoresCase) throws SQLException;
    }

    private static FilterRules ask(Node node, String query, Reading reading) {
        return Mysql.ask(node, "look for replication filters with " + query, session -> {
            boolean ignoresCase = session.number("SELECT @@global.lower_case_table_names") != 0;
            return session.read(query, rows -> reading.of(rows, ignoresCase));
        });
    }
}
