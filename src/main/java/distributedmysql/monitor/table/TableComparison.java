package distributedmysql.monitor.table;

import distributedmysql.history.TableChecksum;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Compares whole tables of the primary and its replicas, row by row and at the same GTID position, while the load runs.
 * What is guaranteed, and why, is in the package's description.
 *
 * <p>It only reads, as {@link Node#admin}, for which SELECT on the tables is enough (and, for tables without a key that
 * are written to meanwhile, LOCK TABLES). What goes wrong during a comparison is not thrown: it is in
 * {@link TableChecksum#incomplete}. Immutable and thread-safe.
 */
public final class TableComparison {
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final ComparisonSettings settings;
    private final Consumer<String> progress;
    private final Duration betweenLines;

    public TableComparison(ComparisonSettings settings) {
        this(settings, line -> {});
    }

    /**
     * @param progress is given a line at least every 10 s, and when the throttle begins and ends to wait; by any thread
     */
    public TableComparison(ComparisonSettings settings, Consumer<String> progress) {
        this(settings, progress, BETWEEN_LINES);
    }

    TableComparison(ComparisonSettings settings, Consumer<String> progress, Duration betweenLines) {
        this.settings = settings;
        this.progress = progress;
        this.betweenLines = betweenLines;
    }

    /**
     * Every table of the database, on the primary or on a replica: one result per table and replica; and one without a
     * table for each replica of which not all tables of the database can be compared, with the reason. The deadline is
     * for each table.
     *
     * @throws TopologyException if the run ends before the last table
     */
    public List<TableChecksum> compareAll(ReplicaSet replicaSet, String database) {
        Listing primary = list(replicaSet.primary(), database);
        List<Listing> replicas = replicaSet.replicas().stream()
                .map(replica -> list(replica, database))
                .toList();
        List<TableChecksum> results = new ArrayList<>();
        for (Listing replica : replicas) {
            primary.problem().or(replica::problem).ifPresent(why -> {
                Findings findings = new Findings(replica.node().name(), 0);
                findings.incomplete(why);
                results.add(findings.result(database, null, Duration.ZERO));
            });
        }
        if (primary.reached()) {
            List<AwaitedReplica> reached = replicas.stream()
                    .filter(Listing::reached)
                    .map(listing -> new AwaitedReplica(primary.node(), listing.node()))
                    .toList();
            try (Pace pace = start(replicaSet)) {
                for (String table : tables(primary, replicas)) {
                    Ending.refuse("the comparison of " + database + "." + table);
                    results.addAll(compareAwaited(primary.node(), reached, database, table, pace));
                }
            }
        }
        return results;
    }

    private Pace start(ReplicaSet replicaSet) {
        return Pace.start(replicaSet, settings.throttle(), progress, betweenLines);
    }

    private Listing list(Node node, String database) {
        return Listing.of(node, database, TableDeadline.in(settings.deadline()));
    }

    /** Under the primary's names; and those on replicas alone. */
    private static TreeSet<String> tables(Listing primary, List<Listing> replicas) {
        TreeSet<String> tables = new TreeSet<>(primary.tables());
        for (Listing replica : replicas) {
            replica.tables().stream()
                    .filter(table -> !primary.shows(table, replica.foldsCase()))
                    .forEach(tables::add);
        }
        return tables;
    }

    /** One table, with the roles as they are now; one result per replica. */
    public List<TableChecksum> compare(ReplicaSet replicaSet, String database, String table) {
        return compare(replicaSet.primary(), replicaSet.replicas(), database, table);
    }

    /** One table; one result per replica, in their order. Returns, at the latest, soon after the deadline. */
    public List<TableChecksum> compare(Node primary, List<Node> replicas, String database, String table) {
        List<AwaitedReplica> awaited = replicas.stream()
                .map(replica -> new AwaitedReplica(primary, replica))
                .toList();
        ReplicaSet compared = new ReplicaSet(primary, replicas);
        try (Pace pace = start(compared)) {
            return compareAwaited(primary, awaited, database, table, pace);
        }
    }

    private List<TableChecksum> compareAwaited(
            Node primary, List<AwaitedReplica> replicas, String database, String table, Pace pace) {
        SingleTableComparison run = new SingleTableComparison(primary, database, table, settings, pace);
        for (int attempt = 1; ; attempt++) {
            Map<AwaitedReplica, Findings> findings = new LinkedHashMap<>();
            replicas.forEach(
                    replica -> findings.put(replica, new Findings(replica.node().name(), settings.maxNamedKeys())));
            boolean settled = true;
            try {
                settled = run.compare(findings);
            } catch (SQLException e) {
                findings.values().forEach(each -> each.incomplete(primary + ": " + settings.reason(e)));
            } catch (IncompleteException e) {
                findings.values().forEach(each -> each.incomplete(e.getMessage()));
            }
            // A difference is one, also if DDL ended the comparison: it was confirmed at one position.
            if (settled
                    || attempt == MOST_ATTEMPTS
                    || run.isTimeUp()
                    || findings.values().stream().anyMatch(Findings::hasDifference)) {
                return findings.values().stream()
                        .map(each -> each.result(database, table, pace.table().waited()))
                        .toList();
            }
        }
    }
}
