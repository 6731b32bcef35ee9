package distributedmysql.topology.router;

import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.KeptSessions;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The role of each server as it says itself, asked several times a second over a connection of its own. What this run takes for
 * the roles has no part in it. Thread-safe.
 */
public final class NodeRoles implements RoleCheck, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    /** A busy machine must not cost the writer all its connections, so a server is not given up soon. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String OWN = "SELECT CASE WHEN @@global.read_only = 0 THEN 'PRIMARY'"
            + " WHEN EXISTS (SELECT * FROM performance_schema.replication_connection_configuration"
            + " WHERE CHANNEL_NAME = '' AND HOST <> '') THEN 'REPLICA' ELSE '' END";

    private final ReplicaSet replicaSet;
    private final Map<Node, Role> roles = new ConcurrentHashMap<>();
    private final KeptSessions sessions = new KeptSessions(PATIENCE);
    private final ScheduledExecutorService threads;

    private NodeRoles(ReplicaSet replicaSet) {
        this.replicaSet = replicaSet;
        // One each: a server that does not answer holds up no other.
        this.threads = Executors.newScheduledThreadPool(replicaSet.nodes().size(), work -> {
            Thread thread = new Thread(work, "role checks");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Asks until {@link #close}. */
    public static NodeRoles ask(ReplicaSet replicaSet) {
        NodeRoles roles = new NodeRoles(replicaSet);
        replicaSet
                .nodes()
                .forEach(node -> roles.threads.scheduleWithFixedDelay(
                        () -> roles.look(node), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        return roles;
    }

    /** Replicas for the reader, or the primary as long as no server is a replica. */
    @Override
    public boolean passes(Role endpoint, Node node) {
        Role role = roles.get(node);
        return role == endpoint || (role == Role.PRIMARY && !roles.containsValue(Role.REPLICA));
    }

    private void look(Node node) {
        try {
            Optional<Role> role = sessions.ask(node, session -> role(node, session));
            if (role.isPresent()) {
                roles.put(node, role.get());
            } else {
                roles.remove(node);
            }
        } catch (SQLException e) {
            roles.remove(node);
        }
    }

    private Optional<Role> role(Node node, Mysql session) throws SQLException {
        String own = session.text(OWN);
        if (!replicaSet.isGroup()) {
            return own.isEmpty() ? Optional.empty() : Optional.of(Role.valueOf(own));
        }
        GroupView view = GroupView.read(session);
        // While the others elect a primary there is none, and secondaries can be read all the same.
        Optional<GroupView.Member> member = view.hasMajority()
                ? view.member(node.serverUuid()).filter(GroupView.Member::isOnline)
                : Optional.empty();
        if (member.isPresent() && member.get().primary()) {
            // One that is elected takes writes only when it has applied what the former one has left.
            return own.equals(Role.PRIMARY.name()) ? Optional.of(Role.PRIMARY) : Optional.empty();
        }
        return member.map(secondary -> Role.REPLICA);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        sessions.close();
    }
}
