package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.RestoredServer;
import distributedmysql.backup.Witness;
import distributedmysql.backup.store.Manifest;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.history.TableChecksum;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the tables of restored servers with what their shard held at that very position, which a {@link Witness} has. If there is none,
 * the restored server follows its source to now, and is compared then: what was written meanwhile is only seen as it is now. Used by one
 * thread at a time.
 */
final class Witnesses implements AutoCloseable {
    private final Shards shards;
    private final BackupSettings settings;
    private final SpareServers spares;
    private final Inspection inspection;
    private final EventLog events;
    private final Map<Integer, Witness> ofShards = new HashMap<>();
    private final Map<Integer, String> impossible = new HashMap<>();

    Witnesses(Shards shards, BackupSettings settings, SpareServers spares, Inspection inspection, EventLog events) {
        this.shards = shards;
        this.settings = settings;
        this.spares = spares;
        this.inspection = inspection;
        this.events = events;
    }

    /** Before the first backup: all positions come later. */
    void begin() {
        for (int shard = 0; shard < shards.all().size(); shard++) {
            Node source = Strategies.source(settings, shards.all().get(shard));
            try {
                long start = System.nanoTime();
                begin(shard, source);
                events.add(
                        Event.Kind.STEP,
                        source.name(),
                        "data of " + source + " copied for a witness, with which restored servers are compared: "
                                + Took.line(List.of(Took.since("copy", start))));
            } catch (BackupException | TopologyException e) {
                impossible.put(shard, e.getMessage());
                events.add(
                        Event.Kind.WARNING,
                        source.name(),
                        "no witness holds what " + source + " held at a backup's position: " + e.getMessage());
            }
        }
    }

    private void begin(int shard, Node source) {
        ReplicaSet set = shards.all().get(shard);
        Credentials account = set.replicationAccount().orElseThrow(() -> new BackupException(noAccount(source)));
        Witness.impossible(source, spares).ifPresent(why -> {
            throw new BackupException(why);
        });
        // Otherwise DDL that is only on its way there runs while it is copied.
        Replication.awaitConvergence(new ReplicaSet(set.primary(), others(set, source)), settings.deadline());
        ofShards.put(shard, Witness.of(source, account, spares, settings.deadline()));
    }

    private static List<Node> others(ReplicaSet set, Node source) {
        return source.equals(set.primary()) ? List.of() : List.of(source);
    }

    private static String noAccount(Node source) {
        return "there is no account with which a server of ours could replicate from " + source;
    }

    /** To where a backup was made; of the server that it was made of. */
    Witness.Stop stop(Manifest backup) {
        ReplicaSet set = shards.all().get(backup.origin().shard());
        Node source = set.nodes().stream()
                .filter(node -> node.name().equals(backup.origin().node()))
                .findFirst()
                .orElseGet(set::primary);
        return new Witness.Stop(GtidSet.parse(backup.gtids()), living(set, source));
    }

    /** To a position of the shard's primary. */
    Witness.Stop stop(int shard, GtidSet position) {
        ReplicaSet set = shards.all().get(shard);
        return new Witness.Stop(position, living(set, set.primary()));
    }

    /** If that server has ended, another one tells what has been executed; where it lacks something, the witness says so. */
    private static Node living(ReplicaSet set, Node preferred) {
        return Stream.concat(Stream.of(preferred), set.nodes().stream())
                .filter(node -> node.unexpectedEnd().isEmpty())
                .findFirst()
                .orElse(preferred);
    }

    /**
     * @param looked what was found on the server by itself; its position is the last one of the way
     * @param way as {@link Witness#at}
     */
    Restored compare(RestoredServer server, int shard, Restored looked, List<Witness.Stop> way) {
        if (looked.missingGtids() != null || looked.extraGtids() != null) {
            return looked.notCompared("it has not executed exactly the GTIDs of the position");
        }
        Witness witness = ofShards.get(shard);
        if (witness == null) {
            return followed(server, shard, looked, impossible.getOrDefault(shard, "nobody has copied its data"));
        }
        List<Took> steps = new ArrayList<>(looked.steps());
        try {
            long start = System.nanoTime();
            Node there = witness.at(way);
            steps.add(Took.since("bring the witness there", start));
            List<TableChecksum> tables = compare(server, there, steps);
            return looked.compared(steps, tables, null);
        } catch (BackupException e) {
            return looked.notCompared(e.getMessage());
        } catch (IOException | TopologyException e) {
            return followed(server, shard, looked, e.getMessage());
        }
    }

    private List<TableChecksum> compare(RestoredServer server, Node with, List<Took> steps) {
        long start = System.nanoTime();
        List<TableChecksum> tables = inspection.compare(new ReplicaSet(with, List.of(server.node())));
        steps.add(Took.since("compare", start));
        return tables;
    }

    /** With the primary, once the server has followed it to where it is now. */
    private Restored followed(RestoredServer server, int shard, Restored looked, String noWitness) {
        ReplicaSet set = shards.all().get(shard);
        Node primary = set.primary();
        Optional<Credentials> account = set.replicationAccount();
        if (account.isEmpty()) {
            return looked.notCompared(noWitness);
        }
        List<Took> steps = new ArrayList<>(looked.steps());
        try {
            long start = System.nanoTime();
            Replication.follow(server.node(), primary, account.get(), settings.deadline());
            Replication.awaitConvergence(new ReplicaSet(primary, List.of(server.node())), settings.deadline());
            steps.add(Took.since("catch up", start));
            String executed = GtidSet.executed(server.node()).toString();
            List<TableChecksum> tables = compare(server, primary, steps);
            return looked.compared(steps, tables, new Restored.Followed(executed, noWitness));
        } catch (TopologyException e) {
            return looked.notCompared(noWitness + "; nor has it followed the primary: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        ofShards.values().forEach(witness -> {
            try {
                witness.close();
            } catch (IOException | TopologyException e) {
                events.add(Event.Kind.WARNING, "backup", "the witness cannot be removed: " + e.getMessage());
            }
        });
        ofShards.clear();
    }
}
