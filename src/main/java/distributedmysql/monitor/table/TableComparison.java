package distributedmysql.monitor.table;

import distributedmysql.history.TableChecksum;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares whole tables of the primary and its replicas, row by row and at the same GTID position, while the load runs.
 * What is guaranteed, and why, is in the package's description.
 *
 * <p>It only reads, as {@link Node#admin}, for which SELECT on the tables is enough (and, for tables without a key that
 * are written to meanwhile, LOCK TABLES). What goes wrong during a comparison is not thrown: it is in
 * {@link TableChecksum#incomplete}. Immutable and thread-safe.
 */
public final class TableComparison {
    private final ComparisonSettings settings;

    public TableComparison(ComparisonSettings settings) {
        this.settings = settings;
    }

    /**
     * Every table of the database, on the primary or on a replica; one result per table and replica. The deadline is for
     * each table.
     *
     * @throws SQLException if a server's tables cannot be listed
     */
    public List<TableChecksum> compareAll(Cluster cluster, String database) throws SQLException {
        Node primary = cluster.primary();
        List<Node> replicas = cluster.replicas();
        TreeSet<String> tables = new TreeSet<>();
        for (Node node : cluster.nodes()) {
            if (node.equals(primary) || replicas.contains(node)) {
                tables.addAll(tables(node, database));
            }
        }
        List<TableChecksum> results = new ArrayList<>();
        tables.forEach(table -> results.addAll(compare(primary, replicas, database, table)));
        return results;
    }

    /** One table, with the roles as they are now; one result per replica. */
    public List<TableChecksum> compare(Cluster cluster, String database, String table) {
        return compare(cluster.primary(), cluster.replicas(), database, table);
    }

    /** One table; one result per replica, in their order. Returns, at the latest, soon after the deadline. */
    public List<TableChecksum> compare(Node primary, List<Node> replicas, String database, String table) {
        Map<Node, Findings> findings = new LinkedHashMap<>();
        replicas.forEach(replica -> findings.put(replica, new Findings(replica.name(), settings.maxNamedKeys())));
        try {
            new TableRun(primary, database, table, settings).compare(findings);
        } catch (SQLException e) {
            findings.values().forEach(each -> each.incomplete(primary + ": " + e.getMessage()));
        } catch (IncompleteException e) {
            findings.values().forEach(each -> each.incomplete(e.getMessage()));
        }
        return findings.values().stream()
                .map(each -> each.result(database, table))
                .toList();
    }

    private List<String> tables(Node node, String database) throws SQLException {
        try (Session session = Session.open(node, Deadline.in(settings.deadline()))) {
            return TableDefinition.tables(session, database);
        } catch (IncompleteException e) {
            throw new SQLException("cannot list the tables of " + database + ": " + e.getMessage());
        }
    }
}
