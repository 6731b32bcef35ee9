package distributedmysql.backup;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupWriter;
import distributedmysql.backup.store.Kind;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.Origin;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import java.io.IOException;
import java.util.Optional;

/** A backup that was taken and is in the store. */
public record NewBackup(Manifest manifest, Taken taken) {
    /**
     * Takes a full one. If it fails, or the JVM is killed meanwhile, nothing in the store looks like a backup.
     *
     * @param shard whose server it is, from 0
     * @throws BackupException if the strategy cannot, with its reason
     * @throws IOException if it cannot be stored
     */
    public static NewBackup full(BackupStrategy strategy, Node source, int shard, BackupStore store)
            throws IOException {
        Optional<String> impossible = strategy.impossible(source);
        if (impossible.isPresent()) {
            throw new BackupException("no backup by " + strategy.name() + " of " + source + ": " + impossible.get());
        }
        try (BackupWriter writer = store.begin(origin(Kind.FULL, strategy.name(), source, shard, Optional.empty()))) {
            Taken taken = strategy.take(source, writer);
            return new NewBackup(writer.finish(taken.by(), taken.gtids().toString()), taken);
        }
    }

    /**
     * Takes what has changed since another one, by the user's own command; as {@link #full}.
     *
     * @param before all GTIDs up to the parent
     */
    public static NewBackup incremental(HookBackup strategy, Node source, StoredBackup parent, GtidSet before)
            throws IOException {
        int shard = parent.manifest().origin().shard();
        Optional<String> follows = Optional.of(parent.manifest().id());
        try (BackupWriter writer =
                parent.store().begin(origin(Kind.INCREMENTAL, strategy.name(), source, shard, follows))) {
            Taken taken = strategy.takeIncremental(source, before, writer);
            String added = taken.gtids().minus(before).toString();
            return new NewBackup(writer.finish(taken.by(), added), taken);
        }
    }

    static Origin origin(Kind kind, String strategy, Node source, int shard, Optional<String> parent) {
        return new Origin(
                kind,
                strategy,
                shard,
                source.name(),
                source.serverUuid(),
                source.version().toString(),
                parent);
    }
}
