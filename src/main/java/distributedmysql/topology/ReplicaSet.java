package distributedmysql.topology;

import distributedmysql.config.GroupMode;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * A primary and its replicas: the nodes, and their roles at present. Thread-safe: readers see either the roles before a
 * change or those after it.
 */
public final class ReplicaSet {
    /**
     * The roles from one change to the next.
     *
     * @param sinceNanos when they became known, by {@link System#nanoTime()}
     */
    public record Roles(long sinceNanos, Node primary, List<Node> replicas) {}

    /** Why what only a group does is not done with servers that are none. */
    public static final String NO_GROUP =
            "these servers are no group of group replication (embedded.replication = group and docker.replication = group make one)";

    /** The same of what only a group does in which every member takes writes. */
    public static final String NOT_MULTI_PRIMARY =
            "these servers are no group in multi-primary mode (embedded.group-mode = multi-primary and docker.group-mode ="
                    + " multi-primary make one)";

    private final List<Node> nodes;
    private final Optional<Credentials> replicationAccount;
    /** Empty if it is no group. */
    private final Optional<GroupMode> group;

    private final List<Roles> history = new CopyOnWriteArrayList<>();
    private volatile Roles roles;
    private volatile BiConsumer<Node, Node> onPromotion = (former, primary) -> {};

    private ReplicaSet(
            Node primary, List<Node> replicas, Optional<Credentials> replicationAccount, Optional<GroupMode> group) {
        List<Node> all = new ArrayList<>();
        all.add(primary);
        all.addAll(replicas);
        this.nodes = List.copyOf(all);
        this.roles = new Roles(System.nanoTime(), primary, List.copyOf(replicas));
        this.history.add(roles);
        this.replicationAccount = replicationAccount;
        this.group = group;
    }

    /** Nodes whose replication is not ours to change: without a replication account. */
    public ReplicaSet(Node primary, List<Node> replicas) {
        this(primary, replicas, Optional.empty(), Optional.empty());
    }

    /** @param replicationAccount what a replica connects to its source as; the framework may say which source */
    public ReplicaSet(Node primary, List<Node> replicas, Credentials replicationAccount) {
        this(primary, replicas, Optional.of(replicationAccount), Optional.empty());
    }

    /**
     * A group.
     *
     * @param mode in multi-primary mode, every member takes writes
     * @param primary in that mode, the one that all writes are sent to that need not go elsewhere
     * @param recoveryAccount what a member connects to another one as, to fetch what it lacks when it joins
     */
    public static ReplicaSet group(GroupMode mode, Node primary, List<Node> secondaries, Credentials recoveryAccount) {
        return new ReplicaSet(primary, secondaries, Optional.of(recoveryAccount), Optional.of(mode));
    }

    /** A group whose replication is not ours to change. */
    public static ReplicaSet observedGroup(Node primary, List<Node> secondaries) {
        return new ReplicaSet(primary, secondaries, Optional.empty(), Optional.of(GroupMode.SINGLE_PRIMARY));
    }

    /** Whether it is a group of group replication, which says itself which of its members is the primary. */
    public boolean isGroup() {
        return group.isPresent();
    }

    /** Whether replicas take writes too, as each member of a group in multi-primary mode does. */
    public boolean isMultiPrimary() {
        return group.equals(Optional.of(GroupMode.MULTI_PRIMARY));
    }

    /** All nodes, whatever their role, always in the same order. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The node that calls itself so, whatever its role; empty if none does. */
    public Optional<Node> node(String serverUuid) {
        return nodes.stream()
                .filter(node -> node.serverUuid().equals(serverUuid))
                .findFirst();
    }

    /** The same account on every node; empty where replication is not ours to change. */
    public Optional<Credentials> replicationAccount() {
        return replicationAccount;
    }

    /** The present roles, all of one moment: primary and replicas that are asked for separately may be of two. */
    public Roles roles() {
        return roles;
    }

    /** All roles so far, the present ones last. */
    public List<Roles> history() {
        return List.copyOf(history);
    }

    public Node primary() {
        return roles.primary();
    }

    public List<Node> replicas() {
        return roles.replicas();
    }

    /** Those that are neither at present, such as a dead former primary. */
    public List<Node> outside() {
        Roles now = roles;
        return nodes.stream()
                .filter(node -> !node.equals(now.primary()) && !now.replicas().contains(node))
                .toList();
    }

    /** The role of a node; a node that is neither (a dead former primary) counts as a replica that is not read from. */
    public Role roleOf(Node node) {
        return node.equals(roles.primary()) ? Role.PRIMARY : Role.REPLICA;
    }

    /**
     * Makes a change of roles known to all that follow this replica set. Changes nothing on the servers.
     *
     * @throws IllegalArgumentException if a node is not of this replica set
     */
    public void changeRoles(Node primary, List<Node> replicas) {
        if (!nodes.contains(primary) || !nodes.containsAll(replicas) || replicas.contains(primary)) {
            throw new IllegalArgumentException("not the nodes of this replica set: " + primary + ", " + replicas);
        }
        Node former = roles.primary();
        Roles changed = new Roles(System.nanoTime(), primary, List.copyOf(replicas));
        history.add(changed);
        roles = changed;
        DebugLog.REPLICATION.say(() -> "roles: primary " + primary + ", replicas " + replicas);
        if (!primary.equals(former)) {
            onPromotion.accept(former, primary);
        }
    }

    /** What is told when another node is the primary: the former one, and the new one. One only; it must be quick. */
    public void onPromotion(BiConsumer<Node, Node> told) {
        onPromotion = told;
    }
}
