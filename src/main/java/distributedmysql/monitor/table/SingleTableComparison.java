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
final class SingleTableComparison {
    private final Node primaryNode;
    private final String database;
    private final String table;
    private final ComparisonSettings settings;
    private final TableDeadline deadline;
    private final Pace pace;

    SingleTableComparison(Node primaryNode, String database, String table, ComparisonSettings settings, Pace pace) {
        this.primaryNode = primaryNode;
        this.database = database;
        this.table = table;
        this.settings = settings;
        this.deadline = TableDeadline.in(settings.deadline());
        this.pace = pace;
        pace.begin(database + "." + table, deadline);
    }

    /**
     * Compares the table as it is defined now.
     *
     * @return false if DDL changed it on the primary meanwhile, so that it is worth another try
     */
    boolean compare(Map<AwaitedReplica, Findings> replicas) throws SQLException, IncompleteException {
        pace.pause(primaryNode, replicas.keySet())
                .forEach((replica, why) -> replicas.get(replica).incomplete(why));
        try (Session primary = Session.open(primaryNode, deadline)) {
            Optional<TableDefinition> definition = TableDefinition.read(primary, database, table);
            Map<AwaitedReplica, Findings> comparable = new LinkedHashMap<>();
            replicas.forEach((replica, findings) -> {
                if (!findings.isIncomplete() && isComparable(primary, replica, findings)) {
                    comparable.put(replica, findings);
                }
            });
            if (definition.isPresent() && !comparable.isEmpty()) {
                pace.table().expect(TableDefinition.estimatedRows(primary, database, table));
                compareRows(primary, definition.get(), comparable);
            }
            if (TableDefinition.read(primary, database, table).equals(definition)) {
                return true;
            }
            replicas.values()
                    .forEach(each -> each.incomplete("DDL has changed or replaced the table while it was compared"));
            return false;
        }
    }

    boolean isTimeUp() {
        return deadline.passed();
    }

    private boolean isComparable(Session primary, AwaitedReplica awaited, Findings findings) {
        try (Session replica = Session.open(awaited, deadline)) {
            DefinitionComparison.Both both =
                    new DefinitionComparison(primary, replica, database, table, deadline, settings.lockTime()).settle();
            Optional<String> difference = both.difference(awaited.node().name());
            difference.ifPresent(findings::definitionDiffers);
            Stream.of(both.onPrimary(), both.onReplica())
                    .flatMap(Optional::stream)
                    .map(TableDefinition::engine)
                    .filter(engine -> !engine.equalsIgnoreCase("InnoDB"))
                    .forEach(engine ->
                            findings.incomplete("engine " + engine + ": only InnoDB's reads are of one moment"));
            if (both.onPrimary().isEmpty() && both.onReplica().isEmpty()) {
                findings.incomplete("there is no such table any more, neither on the primary nor on the replica");
            }
            return difference.isEmpty() && !findings.isIncomplete();
        } catch (SQLException e) {
            findings.incomplete(awaited + " or its primary: " + settings.reason(e));
        } catch (IncompleteException e) {
            findings.incomplete(e.getMessage());
        }
        return false;
    }

    /** What goes wrong is in the findings: that DDL was the reason is seen afterwards. */
    private void compareRows(Session primary, TableDefinition definition, Map<AwaitedReplica, Findings> replicas) {
        try {
            compareRowsOrFail(primary, definition, replicas);
        } catch (SQLException e) {
            replicas.values().forEach(each -> each.incomplete(primaryNode + ": " + settings.reason(e)));
        } catch (IncompleteException e) {
            replicas.values().forEach(each -> each.incomplete(e.getMessage()));
        }
    }

    private void compareRowsOrFail(Session primary, TableDefinition definition, Map<AwaitedReplica, Findings> replicas)
            throws SQLException, IncompleteException {
        if (definition.key().isEmpty()) {
            replicas.forEach((replica, findings) -> compareKeyless(primary, definition, replica, findings));
            return;
        }
        TableSql sql =
                new TableSql(database, table, definition, definition.key().get(), settings.show());
        List<ReplicaWorker> workers = new ArrayList<>();
        replicas.forEach((replica, findings) ->
                workers.add(new ReplicaWorker(replica, sql, findings, settings, deadline, pace)));
        try {
            new KeyedComparison(sql, settings.chunkTime(), pace).compare(primary, workers);
        } finally {
            workers.forEach(ReplicaWorker::close);
        }
    }

    private void compareKeyless(
            Session primary, TableDefinition definition, AwaitedReplica awaited, Findings findings) {
        try (Session replica = Session.open(awaited, deadline)) {
            String name = TableSql.tableName(database, table);
            new KeylessComparison(primary, replica, name, definition, findings, deadline, settings, pace).compare();
        } catch (SQLException e) {
            findings.incomplete(awaited + " or its primary: " + settings.reason(e));
        } catch (IncompleteException e) {
            findings.incomplete(e.getMessage());
        }
    }
}
