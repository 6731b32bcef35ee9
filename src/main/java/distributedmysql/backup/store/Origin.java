package distributedmysql.backup.store;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a backup comes from; known when it begins.
 *
 * @param strategy how it is made, such as {@code clone}
 * @param shard whose server it is, from 0; 0 where there is one replica set only
 * @param node the server's name in the run, or its address
 * @param serverUuid the server's {@code server_uuid}
 * @param serverVersion the server's {@code version}
 * @param parent the backup that an incremental one follows directly; a full one has none. After a new full backup, the next
 *     incremental one should follow that, even if its binary log begins before it: otherwise retention never can remove the
 *     full backup before
 */
public record Origin(
        Kind kind,
        String strategy,
        int shard,
        String node,
        String serverUuid,
        String serverVersion,
        Optional<String> parent) {

    /** @throws IllegalArgumentException if a full backup has a parent, or an incremental one has none */
    public Origin {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(serverUuid, "serverUuid");
        Objects.requireNonNull(serverVersion, "serverVersion");
        if (parent.isPresent() != (kind == Kind.INCREMENTAL)) {
            throw new IllegalArgumentException(
                    kind == Kind.FULL ? "a full backup has no parent" : "an incremental backup has a parent");
        }
    }
}
