package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicationNetwork;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.OwnServer;
import java.util.Optional;

/** What all faults of one server have in common: where, whether that may be harmed, and whether something is to be undone. */
abstract class ServerFault implements Fault {
    private final String name;
    private final Node node;
    private boolean injected;

    ServerFault(String name, Node node) {
        this.name = name;
        this.node = node;
    }

    /** @return what exactly was done, for the report */
    abstract String harm();

    /** Called once after each {@link #harm}, also if that failed half-way. */
    abstract void repair();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Node node() {
        return node;
    }

    /** Where the server has a network to its peers only, that is cut instead of single connections. */
    final Optional<ReplicationNetwork> network() {
        return node.control().flatMap(ServerControl::replicationNetwork);
    }

    /** Only a server that the framework started may be harmed, unless a fault says otherwise. */
    @Override
    public Optional<String> impossible() {
        return OwnServer.impossible(node);
    }

    @Override
    public final String inject() {
        requireAllowed();
        injected = true;
        return harm();
    }

    /** @throws distributedmysql.mysql.TopologyException if this server may not be harmed so */
    void requireAllowed() {
        OwnServer.require(node);
    }

    @Override
    public final void heal() {
        if (injected) {
            repair();
            injected = false;
        }
    }
}
