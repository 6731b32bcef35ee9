package distributedmysql.mysql;

import distributedmysql.config.HostPort;
import java.util.Optional;

/** Nodes that nobody connects to, for tests of what is said of a node and where one is looked up. */
public final class NamedNode {
    private NamedNode() {}

    /** Its {@code server_uuid} is its name, too. */
    public static Node of(String name) {
        Credentials nobody = new Credentials("nobody", "");
        return new Node(
                name,
                new HostPort("127.0.0.1", 1),
                ServerVersion.parse("8.0.33"),
                name,
                nobody,
                nobody,
                Optional.empty());
    }
}
