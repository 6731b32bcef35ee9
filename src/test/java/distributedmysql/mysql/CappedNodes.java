package distributedmysql.mysql;

/** Servers to which no more is sent than a cap lets pass. */
public final class CappedNodes {
    private CappedNodes() {}

    public static Node of(Node node, RateCap cap) {
        return new Node(
                node.name(),
                node.address(),
                node.version(),
                node.serverUuid(),
                node.admin(),
                node.load(),
                node.control(),
                node.peerAddress(),
                node.tls(),
                node.readOnly(),
                cap);
    }
}
