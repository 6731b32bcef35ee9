package distributedmysql.run;

import distributedmysql.check.EndpointRoles;
import distributedmysql.history.EventLog;
import distributedmysql.load.Endpoints;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.EndpointsReport;
import distributedmysql.report.HopCost;
import distributedmysql.topology.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        Endpoint first = endpoints.orElseThrow().all().get(0);
        // As administration, of which no embedded server says that it was load; where there is a cap, within that.
        try (Connection inFront =
                        servers.replicaSet().primary().through(first.address()).connectForLoad(Map.of());
                Connection itself = behind(inFront).connectForLoad(Map.of())) {
            Mysql node = Mysql.over(itself);
            Mysql endpoint = Mysql.over(inFront);
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
        // What a server of the user's has counted until now is of no stage.
        run.serverCounts("what the router costs", List.of()).result();
    }

    private Node behind(Connection inFront) throws SQLException {
        String uuid = Mysql.over(inFront).text("SELECT @@global.server_uuid");
        return servers.replicaSet()
                .node(uuid)
                .orElseThrow(
                        () -> new SQLException("it leads to a server that is none of this run: server_uuid " + uuid));
    }

    private long micros(Mysql session, int turn) throws SQLException {
        long start = System.nanoTime();
        session.number(query, 1 + turn % 100);
        return Math.min((System.nanoTime() - start) / 1_000, HIGHEST_MICROS);
    }
}
