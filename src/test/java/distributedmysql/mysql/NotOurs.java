package distributedmysql.mysql;

import java.util.Optional;

/** A server of the tests as the run sees one that it has not started: it has no control over its process. */
public final class NotOurs {
    private NotOurs() {}

    public static Node of(Node ours) {
        return new Node(
                ours.name(),
                ours.address(),
                ours.version(),
                ours.serverUuid(),
                ours.admin(),
                ours.load(),
                Optional.empty());
    }
}
