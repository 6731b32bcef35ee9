package distributedmysql.monitor;

import distributedmysql.history.Quantity;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Readings of one server: resident memory where it is ours, allocated memory, connections, prepared statements. */
final class ServerResources implements Sampler.Reading {
    private static final String STATUS =
            "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Prepared_stmt_count')";

    // MySQL manual, "Memory Summary Tables"; all instruments are on by default since 8.0.
    private static final String ALLOCATED =
            "SELECT SUM(CURRENT_NUMBER_OF_BYTES_USED)" + " FROM performance_schema.memory_summary_global_by_event_name";

    private final Node node;
    private final ResourceSeries series;
    private final NodeConnection connection;

    ServerResources(Node node, ResourceSeries series) {
        this.node = node;
        this.series = series;
        this.connection = new NodeConnection(() -> node);
        whyNoMemory(node, node.pid()).ifPresent(reason -> series.missing(Quantity.SERVER_RESIDENT, reason));
        series.expect(Quantity.SERVER_ALLOCATED);
        series.expect(Quantity.SERVER_CONNECTIONS);
        series.expect(Quantity.SERVER_STATEMENTS);
    }

    /**
     * Why a server's memory is not known; empty if it is.
     *
     * @param process what {@link Node#pid} says
     */
    static Optional<String> whyNoMemory(Node node, OptionalLong process) {
        if (!node.isOurs()) {
            return Optional.of("the server was not started by the run");
        }
        if (!ResidentMemory.isReadable()) {
            return Optional.of(ResourceMonitor.NO_PROC);
        }
        return process.isEmpty() ? Optional.of("the server's process is not of this machine") : Optional.empty();
    }

    @Override
    public void take() throws SQLException, IOException {
        try {
            connection.use(this::query);
        } catch (SQLException e) {
            series.missing(Quantity.SERVER_CONNECTIONS, TopologyException.reason(e));
            series.missing(Quantity.SERVER_STATEMENTS, TopologyException.reason(e));
            series.missing(Quantity.SERVER_ALLOCATED, TopologyException.reason(e));
            throw e;
        }
        OptionalLong pid = node.pid();
        if (pid.isPresent() && ResidentMemory.isReadable()) {
            series.add(
                    Quantity.SERVER_RESIDENT,
                    System.nanoTime(),
                    ResidentMemory.of(Long.toString(pid.getAsLong())).bytes());
        }
    }

    private Void query(Mysql server) throws SQLException {
        long now = System.nanoTime();
        server.read(STATUS, rows -> {
            while (rows.next()) {
                Quantity quantity = rows.getString(1).equalsIgnoreCase("Threads_connected")
                        ? Quantity.SERVER_CONNECTIONS
                        : Quantity.SERVER_STATEMENTS;
                series.add(quantity, now, rows.getLong(2));
            }
            return null;
        });
        long bytes = server.number(ALLOCATED);
        if (bytes == 0) {
            series.missing(Quantity.SERVER_ALLOCATED, "performance_schema counts no memory on this server");
        } else {
            series.add(Quantity.SERVER_ALLOCATED, now, bytes);
        }
        return null;
    }

    @Override
    public void close() {
        connection.close();
    }
}
