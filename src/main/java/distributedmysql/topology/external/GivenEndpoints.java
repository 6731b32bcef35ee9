package distributedmysql.topology.external;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.Wait;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the user has in front of servers that are already there; where it leads to, it is asked. */
final class GivenEndpoints {
    /** Sessions that are open at once: one that spreads over its servers, whatever the rule, shows them with some for each. */
    private static final int SESSIONS_FOR_EACH_SERVER = 2;

    private final ReplicaSet replicaSet;
    private final Consumer<String> progress;

    /** @param progress is told where each leads to */
    GivenEndpoints(ReplicaSet replicaSet, Consumer<String> progress) {
        this.replicaSet = replicaSet;
        this.progress = progress;
    }

    /**
     * @throws TopologyException if it leads to nobody, or to a server that is none of the run's, or if it is the writer and does
     *     not lead to the primary
     */
    void require(Endpoint endpoint, Login login) {
        Set<Node> found = new HashSet<>();
        List<Mysql> sessions = new ArrayList<>();
        Node primary = replicaSet.primary();
        try (Wait wait = Wait.until("waiting for an answer of the " + endpoint, FoundServer.GIVEN_UP)) {
            int looks = SESSIONS_FOR_EACH_SERVER * replicaSet.nodes().size();
            for (int look = 0; look < looks; look++) {
                wait.state(look + " of " + looks + " times it has");
                Mysql session = Mysql.open(endpoint.address(), primary.admin(), primary.tls());
                sessions.add(session);
                found.add(server(endpoint, session));
            }
        } catch (SQLException e) {
            throw new TopologyException(
                    key(endpoint) + " = " + ConnectFailure.text(endpoint.address(), key(endpoint), login, e));
        } finally {
            sessions.forEach(Mysql::abort);
        }
        List<Node> servers = replicaSet.nodes().stream().filter(found::contains).toList();
        List<Node> right = endpoint.right(replicaSet.roles());
        Optional<Node> wrong =
                servers.stream().filter(server -> !right.contains(server)).findFirst();
        if (wrong.isPresent() && endpoint.role() == Role.PRIMARY) {
            throw new TopologyException(key(endpoint) + " = " + endpoint.address() + ": leads to " + wrong.get()
                    + ", which is not the primary");
        }
        progress.accept("the load goes through the " + endpoint + ", which leads to " + text(servers));
        wrong.ifPresent(server -> progress.accept("warning: the " + endpoint + " also leads to " + server
                + ", which is no replica; the check \"endpoint roles\" will be INVALID"));
    }

    private Node server(Endpoint endpoint, Mysql session) throws SQLException {
        String uuid = session.text("SELECT @@global.server_uuid");
        Optional<Node> server = replicaSet.node(uuid);
        if (server.isEmpty()) {
            throw new TopologyException(key(endpoint) + " = " + endpoint.address()
                    + ": leads to a server that is none of external.primary and external.replicas: server_uuid " + uuid
                    + ", which calls itself " + session.text("SELECT CONCAT(@@global.hostname, ':', @@global.port)"));
        }
        return server.get();
    }

    private static String key(Endpoint endpoint) {
        return "external.endpoints." + endpoint.name();
    }

    private static String text(List<Node> nodes) {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(", "));
    }
}
