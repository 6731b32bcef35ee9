package distributedmysql.run;

import distributedmysql.check.EndpointRoles;
import distributedmysql.history.EventLog;
import distributedmysql.load.Endpoints;
import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.EndpointsReport;
import distributedmysql.report.HopCost;
import distributedmysql.topology.Role;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What is in front of the servers of a run: what a request pays for it, whether it led to the right servers, and the report of it.
 * Does nothing where the load goes to the servers directly. Thread-safe.
 */
final class EndpointWatch {
    private static final int WARM_UP = 200;
    private static final int READS = 500;
    private static final long HIGHEST_MICROS = Duration.ofMinutes(2).toNanos() / 1_000;

    private final Optional<Endpoints> endpoints;
    private final RunServers servers;
    private final String query;
    private final EventLog events;
    private volatile HopCost hop;

    /** @param database that the run has filled */
    EndpointWatch(RunServers servers, String database, EventLog events) {
        this.endpoints = servers.endpoints();
        this.servers = servers;
        this.query = "SELECT level FROM " + MarkedDatabase.quoted(database) + ".players WHERE player_id = ?";
        this.events = events;
    }

    /** What is to be done before any load. */
    List<Step> steps(TestRun run) {
        return endpoints.isEmpty()
                ? List.of()
                : List.of(run.alone("what the router costs", Duration.ofSeconds(1), () -> measure(run)));
    }

    /** This check, with those of the endpoints before it. */
    List<Check> checksAnd(Check last) {
        List<Check> checks = new ArrayList<>();
        endpoints.ifPresent(all -> checks.add(new Check(
                EndpointRoles.NAME, EndpointRoles.MEANING, () -> EndpointRoles.check(all.histories(), all.limit()))));
        checks.add(last);
        return checks;
    }

    /** Null if nothing is in front of the servers. */
    EndpointsReport report() {
        return endpoints
                .map(all -> EndpointsReport.of(all, events.soFar(), hop))
                .orElse(null);
    }

    private void measure(TestRun run) {
        Histogram direct = new Histogram(HIGHEST_MICROS, 3);
        Histogram through = new Histogram(HIGHEST_MICROS, 3);
        // As the load does it: over its connections, and where there is a cap, within that.
        try (HeldConnection endpoint = inFront().take();
                HeldConnection node = servers.pools().of(endpoint.node()).take()) {
            for (int i = 0; i < WARM_UP + READS; i++) {
                long ofNode = micros(node, i);
                long ofEndpoint = micros(endpoint, i);
                if (i >= WARM_UP) {
                    direct.recordValue(ofNode);
                    through.recordValue(ofEndpoint);
                }
            }
            hop = HopCost.of(direct, through);
        } catch (SQLException e) {
            run.say("warning: what the router costs could not be measured: " + TopologyException.reason(e));
        }
        // What the servers have counted until now is of no stage.
        run.serverCounts("what the router costs", List.of()).result();
    }

    /** The writer, where there is one. */
    private NodePool inFront() {
        return endpoints.orElseThrow().all().get(0).role() == Role.PRIMARY
                ? servers.pools().forWrites(servers.replicaSet())
                : servers.pools().forReads(servers.replicaSet(), 0);
    }

    private long micros(HeldConnection connection, int turn) throws SQLException {
        PreparedStatement statement = connection.statement(query);
        long start = System.nanoTime();
        statement.setLong(1, 1 + turn % 100);
        statement.executeQuery().close();
        return Math.min((System.nanoTime() - start) / 1_000, HIGHEST_MICROS);
    }
}
