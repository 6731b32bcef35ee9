package distributedmysql.topology;

import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes the roles that a group gives its members those of the replica set, which routes follow: asks the members several
 * times a second, over one connection to each. Thread-safe.
 */
public final class GroupRoles implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ReplicaSet replicaSet;
    private final KeptSessions sessions = new KeptSessions(PATIENCE);
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "roles of the group");
        thread.setDaemon(true);
        return thread;
    });

    private GroupRoles(ReplicaSet replicaSet) {
        this.replicaSet = replicaSet;
    }

    /** Follows the group until {@link #close}. */
    public static GroupRoles follow(ReplicaSet replicaSet) {
        GroupRoles roles = new GroupRoles(replicaSet);
        roles.watcher.scheduleWithFixedDelay(
                roles::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return roles;
    }

    private synchronized void look() {
        // Replicas first: a primary that has been stopped for a while believes for a moment that it still is one.
        List<Node> asked = new ArrayList<>(replicaSet.replicas());
        replicaSet.nodes().stream().filter(node -> !asked.contains(node)).forEach(asked::add);
        asked.stream()
                .map(this::view)
                .flatMap(Optional::stream)
                .filter(view -> primary(view).isPresent())
                .findFirst()
                .ifPresent(view -> adopt(view, primary(view).orElseThrow()));
    }

    private void adopt(GroupView view, Node primary) {
        List<Node> replicas = replicaSet.nodes().stream()
                .filter(node -> !node.equals(primary))
                .filter(node -> view.isOnline(node.serverUuid()))
                .toList();
        if (!primary.equals(replicaSet.primary()) || !replicas.equals(replicaSet.replicas())) {
            replicaSet.changeRoles(primary, replicas);
        }
    }

    /** In multi-primary mode each member is one: the present one stays until it is expelled, and then the first is taken. */
    private Optional<Node> primary(GroupView view) {
        List<Node> primaries = replicaSet.nodes().stream()
                .filter(node -> view.primaries().stream()
                        .anyMatch(member -> member.uuid().equals(node.serverUuid())))
                .toList();
        Node present = replicaSet.primary();
        if (primaries.contains(present)) {
            return Optional.of(present);
        }
        boolean suspected = view.member(present.serverUuid())
                .map(GroupView.Member::isUnreachable)
                .orElse(false);
        return suspected ? Optional.empty() : primaries.stream().findFirst();
    }

    /** Empty if it does not answer. */
    private Optional<GroupView> view(Node node) {
        try {
            return Optional.of(sessions.ask(node, GroupView::read));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Changes no role any more once it returns, which takes as long as the members take to answer. */
    @Override
    public void close() {
        watcher.shutdownNow();
        synchronized (this) {
            sessions.close();
        }
    }
}
