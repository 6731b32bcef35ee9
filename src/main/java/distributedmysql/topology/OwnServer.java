package distributedmysql.topology;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Faults are injected only into servers that the framework started; others may at most be killed, by the settings. */
public final class OwnServer {
    /** For a server that recovers from its logs after a kill. */
    public static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private static final Duration RESUME_DEADLINE = Duration.ofSeconds(60);

    private OwnServer() {}

    /** Why no fault may be injected there; empty if one may. */
    public static Optional<String> impossible(Node node) {
        return node.isOurs() ? Optional.empty() : Optional.of(node + " was not started by the framework");
    }

    /** Why it may not be killed; empty if it may, by the framework or by the user's own command. */
    public static Optional<String> killImpossible(Node node) {
        return node.control().isPresent()
                ? Optional.empty()
                : impossible(node).map(reason -> "external.allow-faults = false, and " + reason);
    }

    /** What a fault is done to, for its record. */
    public static String process(Node node) {
        OptionalLong pid = node.pid();
        return pid.isPresent() ? "process " + pid.getAsLong() : "the process of " + node;
    }

    /** @throws TopologyException if the server is not ours */
    public static ServerControl control(Node node) {
        require(node);
        return node.control().orElseThrow();
    }

    /** @throws TopologyException if the server may not be killed */
    public static ServerControl killable(Node node) {
        refuse(killImpossible(node));
        return node.control().orElseThrow();
    }

    /** @throws TopologyException if the server is not ours */
    public static void require(Node node) {
        refuse(impossible(node));
    }

    /** Returns when it accepts connections, read-only if it had to be started. Does nothing to a server that is not ours. */
    public static void startIfEnded(Node node, Duration deadline) {
        if (node.isOurs() && !control(node).isAlive()) {
            control(node).start(deadline);
        }
    }

    /** Started again, a primary takes writes, and a replica replicates. */
    public static void resumeRole(ReplicaSet replicaSet, Node node) {
        if (replicaSet.isGroup()) {
            // It is read-only until it joins the group again, which gives it a role.
            return;
        }
        if (replicaSet.roleOf(node) == Role.PRIMARY) {
            Await.success(node + ": to take writes", RESUME_DEADLINE, () -> Replication.setReadOnly(node, false));
        } else if (Await.success(node + ": its source", RESUME_DEADLINE, () -> Replication.hasSource(node))) {
            Replication.awaitRunning(node, RESUME_DEADLINE);
        }
    }

    private static void refuse(Optional<String> impossible) {
        impossible.ifPresent(reason -> {
            throw new TopologyException(reason);
        });
    }
}
