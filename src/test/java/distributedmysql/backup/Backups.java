package distributedmysql.backup;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.KeySource;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.Retention;
import distributedmysql.backup.store.StoreSettings;
import distributedmysql.mysql.Node;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A store in a directory, and all that is done with it beside one deployment. */
record Backups(BackupStore store, SpareServers spares, List<BackupStrategy> strategies) implements AutoCloseable {
    static final Duration LIMIT = Duration.ofMinutes(3);

    static Backups in(Path directory, SpareServers spares) {
        return in(directory, spares, new byte[0]);
    }

    /** @param key the rest of it are zeros */
    static Backups in(Path directory, SpareServers spares, byte[] key) {
        StoreSettings settings = new StoreSettings(
                Optional.of(directory),
                Optional.empty(),
                Optional.of(new KeySource(Optional.empty(), Optional.of("KEY"))),
                1,
                new Retention(Duration.ofDays(1), 100));
        String text = Base64.getEncoder().encodeToString(Arrays.copyOf(key, 32));
        BackupStore store = BackupStores.open(settings, Map.of("KEY", text), Clock.systemUTC())
                .first();
        return new Backups(store, spares, List.of(new CloneBackup(spares, LIMIT), new DumpBackup(spares, LIMIT)));
    }

    BackupStrategy strategy(String name) {
        return strategies.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    StoredBackup full(String strategy, Node source) throws IOException {
        NewBackup taken = NewBackup.full(strategy(strategy), source, 0, store);
        System.out.println(strategy + ": " + taken.taken().steps() + ", "
                + taken.manifest().contentBytes() + " bytes, "
                + taken.manifest().bytes() + " stored");
        return new StoredBackup(store, taken.manifest());
    }

    Restore restore() {
        return new Restore(spares, strategies, System.out::println);
    }

    Recovery recovery() {
        return new Recovery(store, 0, spares, restore(), LIMIT, System.out::println);
    }

    BinlogShipping shipping(Supplier<Node> source) throws IOException {
        return BinlogShipping.of(source, 0, store, new BinlogFiles(spares, LIMIT), new Told());
    }

    /** What shipping says. */
    static final class Told implements BinlogShipping.Listener {
        final List<Manifest> shipped = new ArrayList<>();

        @Override
        public void shipped(Manifest segment) {
            shipped.add(segment);
        }

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
