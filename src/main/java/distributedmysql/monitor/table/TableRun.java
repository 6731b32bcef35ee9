package distributedmysql.monitor.table;

import distributedmysql.topology.Node;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The comparison of one table: looks at its definitions and chooses how to compare its rows. */
final class TableRun {
    private final Node primaryNode;
    private final String database;
    private final String table;
    private final ComparisonSettings settings;
    private final Deadline deadline;

    TableRun(Node primaryNode, String database, String table, ComparisonSettings settings) {
        this.primaryNode = primaryNode;
        this.database = database;
        this.table = table;
        this.settings = settings;
        this.deadline = Deadline.in(settings.deadline());
    }

    void compare(Map<Node, Findings> replicas) throws SQLException, IncompleteException {
        try (Session primary = Session.open(primaryNode, deadline)) {
            GtidPosition position = GtidPosition.of(primary);
            Optional<TableDefinition> definition = TableDefinition.read(primary, database, table);
            Map<Node, Findings> comparable = new LinkedHashMap<>();
            replicas.forEach((node, findings) -> {
                if (isComparable(position, definition, node, findings)) {
                    comparable.put(node, findings);
                }
            });
            if (!comparable.isEmpty()) {
                compareRows(primary, definition.orElseThrow(), comparable);
            }
        }
    }

    private boolean isComparable(
            GtidPosition position, Optional<TableDefinition> onPrimary, Node node, Findings findings) {
        try (Session replica = Session.open(node, deadline)) {
            replica.awaitPosition(position);
            Optional<TableDefinition> onReplica = TableDefinition.read(replica, database, table);
            Optional<String> difference = difference(onPrimary, onReplica, node);
            difference.ifPresent(findings::definitionDiffers);
            Stream.of(onPrimary, onReplica)
                    .flatMap(Optional::stream)
                    .map(TableDefinition::engine)
                    .filter(engine -> !engine.equalsIgnoreCase("InnoDB"))
                    .forEach(engine ->
                            findings.incomplete("engine " + engine + ": only InnoDB's reads are of one moment"));
            if (onPrimary.isEmpty() && onReplica.isEmpty()) {
                findings.incomplete("there is no such table, or the user may not see it");
            }
            return difference.isEmpty() && !findings.isIncomplete();
        } catch (SQLException e) {
            findings.incomplete(node + ": " + e.getMessage());
        } catch (IncompleteException e) {
            findings.incomplete(e.getMessage());
        }
        return false;
    }

    private static Optional<String> difference(
            Optional<TableDefinition> onPrimary, Optional<TableDefinition> onReplica, Node replica) {
        if (onPrimary.isPresent() != onReplica.isPresent()) {
            return Optional.of(
                    onPrimary.isPresent()
                            ? "the table is on the primary, not on " + replica.name()
                            : "the table is on " + replica.name() + ", not on the primary");
        }
        return onPrimary.flatMap(mine -> mine.differenceTo(onReplica.orElseThrow(), replica.name()));
    }

    private void compareRows(Session primary, TableDefinition definition, Map<Node, Findings> replicas)
            throws SQLException, IncompleteException {
        if (definition.key().isEmpty()) {
            replicas.forEach((node, findings) -> compareKeyless(primary, definition, node, findings));
            return;
        }
        TableSql sql =
                new TableSql(database, table, definition, definition.key().get());
        List<ReplicaWorker> workers = new ArrayList<>();
        replicas.forEach((node, findings) ->
                workers.add(new ReplicaWorker(primaryNode, node, sql, findings, settings, deadline)));
        try {
            new KeyedComparison(sql, settings.chunkTime()).compare(primary, workers);
        } finally {
            workers.forEach(ReplicaWorker::close);
        }
    }

    private void compareKeyless(Session primary, TableDefinition definition, Node node, Findings findings) {
        try (Session replica = Session.open(node, deadline)) {
            String name = TableSql.tableName(database, table);
            new KeylessComparison(primary, replica, name, definition, findings, deadline, settings.lockTime())
                    .compare();
        } catch (SQLException e) {
            findings.incomplete(node + " or its primary: " + e.getMessage());
        } catch (IncompleteException e) {
            findings.incomplete(e.getMessage());
        }
    }
}
