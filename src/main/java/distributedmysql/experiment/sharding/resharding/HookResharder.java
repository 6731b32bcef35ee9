package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.external.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Another program, in place of ours: a command of the user's, which moves the rows, raises the version of the former shards, does what is
 * left, and raises the version of the new shard last. From then on the new map holds, and the framework makes it known.
 */
record HookResharder(Hook hook, Duration deadline) implements Resharder {
    private static final Duration BETWEEN = Duration.ofMillis(2);

    @Override
    public void reshard(Change change, Progress progress) {
        Path maps = MapFile.write(change);
        Node target = change.primary(change.newShard());
        try (Mysql first = open(change.primary(0));
                Mysql last = open(target)) {
            CompletableFuture<Void> command = CompletableFuture.runAsync(
                    () -> hook.run(target.name(), target.address(), environment(change, maps), deadline));
            Await.of("the end of " + hook.key(), deadline.plus(deadline))
                    .every(BETWEEN)
                    .until(() -> look(change, progress, first, last, command.isDone()), () -> "it has not ended");
            ended(command);
        } catch (SQLException e) {
            throw Mysql.failure(target, "look at the version of the shard map", e);
        } finally {
            delete(maps);
        }
        if (change.shards().map().version() < change.after().version()) {
            throw new TopologyException(hook.key()
                    + " has ended, and has not raised the version of the new shard: the old map" + " still holds");
        }
    }

    private static Mysql open(Node node) throws SQLException {
        return Mysql.open(node);
    }

    /** @return whether there is nothing more to be seen; what was done just before the command's end is seen after it */
    private boolean look(Change change, Progress progress, Mysql first, Mysql last, boolean isDone)
            throws SQLException {
        String version = "SELECT version FROM " + change.fence().name() + " WHERE id = 1";
        if (progress.fencedMicros().isEmpty()
                && first.number(version) >= change.after().version()) {
            progress.raised(0);
            progress.fenced();
        }
        if (progress.decidedMicros().isEmpty()
                && last.number(version) >= change.after().version()) {
            progress.decided();
            change.publish();
        }
        return isDone;
    }

    private static void ended(CompletableFuture<Void> command) {
        try {
            command.getNow(null);
        } catch (CompletionException e) {
            throw e.getCause() instanceof TopologyException failure ? failure : e;
        }
    }

    private static Map<String, String> environment(Change change, Path maps) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "SHARDS",
                change.shards().all().stream()
                        .map(ReplicaSet::primary)
                        .map(node -> node.address().toString())
                        .collect(Collectors.joining(",")));
        environment.put("LEDGER_TABLE", change.table().name());
        environment.put("VERSION_TABLE", change.fence().name());
        environment.put("OLD_VERSION", Integer.toString(change.before().version()));
        environment.put("NEW_VERSION", Integer.toString(change.after().version()));
        environment.put("MAPS_FILE", maps.toString());
        return environment;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
