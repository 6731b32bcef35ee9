package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.replicator.CommandedFailover;
import java.time.Duration;
import java.util.Optional;

/**
 * SIGKILL; healing starts the server again on its data. It takes writes again only if it still is the primary; a former
 * primary stays read-only until {@link CommandedFailover#rejoin} has looked at what it has extra. Of a server that is not ours,
 * where that is allowed: the user's own commands, and nothing else.
 */
public final class KillAndRestart extends ServerFault {
    /** {@link #name()}. */
    public static final String NAME = "kill and restart";

    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private final ReplicaSet replicaSet;

    public KillAndRestart(ReplicaSet replicaSet, Node node) {
        super(NAME, node);
        this.replicaSet = replicaSet;
    }

    @Override
    public Optional<String> impossible() {
        return OwnServer.killImpossible(node());
    }

    @Override
    void requireAllowed() {
        OwnServer.killable(node());
    }

    @Override
    String harm() {
        ServerControl control = OwnServer.killable(node());
        String process = OwnServer.process(node());
        control.kill();
        String how = node().isOurs() ? "SIGKILL to " : "external.hooks.kill for ";
        return how + process + " (" + replicaSet.roleOf(node()).label() + ")";
    }

    @Override
    void repair() {
        ServerControl control = OwnServer.killable(node());
        if (!control.isAlive()) {
            control.start(START_DEADLINE);
        }
        // Of a server of others nothing is changed, and whether it replicates is theirs to arrange.
        if (node().isOurs()) {
            OwnServer.resumeRole(replicaSet, node());
        }
    }
}
