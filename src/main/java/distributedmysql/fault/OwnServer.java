package distributedmysql.fault;

import distributedmysql.topology.Node;
import distributedmysql.topology.ServerControl;
import distributedmysql.topology.TopologyException;
import java.util.Optional;
import java.util.OptionalLong;

/** Faults are injected only into servers that the framework started, or may harm by the settings. */
final class OwnServer {
    private OwnServer() {}

    /** Why no fault may be injected there; empty if one may. */
    static Optional<String> impossible(Node node) {
        return node.control().isPresent()
                ? Optional.empty()
                : Optional.of("external.allow-faults = false, and " + node + " was not started by the framework");
    }

    /** What a fault is done to, for its record. */
    static String process(Node node) {
        OptionalLong pid = control(node).pid();
        return pid.isPresent() ? "process " + pid.getAsLong() : "the process of " + node;
    }

    /** @throws TopologyException if the server is not ours */
    static ServerControl control(Node node) {
        require(node);
        return node.control().orElseThrow();
    }

    static void require(Node node) {
        impossible(node).ifPresent(reason -> {
            throw new TopologyException(reason);
        });
    }
}
