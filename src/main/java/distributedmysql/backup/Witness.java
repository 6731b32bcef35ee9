package distributedmysql.backup;

import distributedmysql.config.HostPort;
import distributedmysql.config.Plural;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.ReplicationSql;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ClonePlugin;
import distributedmysql.topology.Replication;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.Wait;
import distributedmysql.topology.embedded.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A server beside the deployment that holds what a source held at a position, and that no backup takes part in: what is restored is
 * compared with it. Its data are a copy of the source's from before the first backup; from there it follows the source's binary log as a
 * replica, up to the position and no further. The copy stays as it is, so that an earlier position can be had after a later one.
 *
 * <p>Used by one thread.
 */
public final class Witness implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A receiver that has given up says why; one that tries again is not meant. */
    private static final String GIVEN_UP =
            "SELECT LAST_ERROR_MESSAGE FROM performance_schema.replication_connection_status"
                    + " WHERE CHANNEL_NAME = '' AND SERVICE_STATE = 'OFF' AND LAST_ERROR_NUMBER <> 0";

    /**
     * A position on the way.
     *
     * @param source whose binary log has its transactions before all others
     */
    public record Stop(GtidSet gtids, Node source) {}

    private final Path copy;
    private final Credentials account;
    private final SpareServers spares;
    private final Duration limit;
    private SpareServer server;
    private Node node;

    private Witness(Path copy, Credentials account, SpareServers spares, Duration limit) {
        this.copy = copy;
        this.account = account;
        this.spares = spares;
        this.limit = limit;
    }

    /** Why there can be none of that server; empty if there can. */
    public static Optional<String> impossible(Node source, SpareServers spares) {
        return source.isOurs() && !source.isInContainer()
                ? spares.impossible()
                : Optional.of(source + " is not a server of the run on this machine, so its data cannot be copied");
    }

    /**
     * Copies the source's data, by its clone plugin; it needs room for that, and for as much again from the first {@link #at} on.
     *
     * @param account as which replicas connect to the source
     * @param limit for each of these: the copying, the start of a server, the way to a position
     * @throws TopologyException if the source cannot do that within the limit
     */
    public static Witness of(Node source, Credentials account, SpareServers spares, Duration limit) {
        Path copy = spares.newPath("witness");
        ClonePlugin.install(source);
        Wait wait = Wait.atMost("a copy of the data of " + source, limit);
        try (wait) {
            Mysql.run(source, limit, "copy its data by the clone plugin", session -> {
                session.execute("CLONE LOCAL DATA DIRECTORY = ?", copy.toString());
            });
        }
        return new Witness(copy, account, spares, limit);
    }

    /**
     * Returns when it has executed exactly the last position, and executes nothing more.
     *
     * @param way what has to be executed first, and last where it is to be
     * @return the server; another one may take its place the next time
     * @throws BackupException if it cannot be brought to exactly that position, with the difference
     * @throws TopologyException if it cannot follow within the limit, for instance because binary logs are purged
     * @throws IOException if its data cannot be copied
     */
    public Node at(List<Stop> way) throws IOException {
        GtidSet position = way.get(way.size() - 1).gtids();
        if (node == null || !position.contains(GtidSet.executed(node))) {
            startOnCopy();
        }
        GtidSet begun = GtidSet.executed(node);
        if (!position.contains(begun)) {
            throw new BackupException(
                    "the copy of the source's data that the witness begins with is not of before the position;"
                            + " beyond it: " + begun.minus(position));
        }
        for (Stop stop : way) {
            if (!GtidSet.executed(node).contains(stop.gtids())) {
                follow(stop);
            }
        }
        GtidSet there = GtidSet.executed(node);
        if (!there.equals(position)) {
            throw new BackupException("the witness cannot be brought to exactly the position; missing: "
                    + orNothing(position.minus(there)) + "; beyond it: " + orNothing(there.minus(position)));
        }
        return node;
    }

    private static String orNothing(GtidSet set) {
        return set.isEmpty() ? "nothing" : set.toString();
    }

    private void startOnCopy() throws IOException {
        end();
        server = spares.prepare("witness");
        Path data = server.dataDirectory();
        Files.createDirectories(data.getParent());
        Wait wait = Wait.until("a copy of " + copy, "until all is copied");
        try (wait) {
            FileTrees.copy(copy, data);
        }
        node = server.startOnData(limit);
        if (Replication.hasSource(node)) {
            Replication.forgetSource(node);
        }
    }

    private void follow(Stop stop) {
        Await.of(stop.source() + ": to have executed the position itself", limit)
                .every(PAUSE)
                .whileRunGoesOn()
                .untilNo(() -> lacking(stop));
        ReplicationSql sql = new ReplicationSql(node.version());
        Mysql.run(node, "follow " + stop.source(), session -> {
            HostPort address = stop.source().peerAddress();
            session.execute(sql.changeSource(), address.host(), address.port(), account.user(), account.password());
            session.execute(sql.startThreadsUntil(), stop.gtids().toString());
        });
        long transactions = stop.gtids().minus(GtidSet.executed(node)).count();
        try {
            Await.of(node + ": " + Plural.of(transactions, "transaction") + " from " + stop.source(), limit)
                    .every(PAUSE)
                    .whileRunGoesOn()
                    .untilNo(() -> left(stop));
        } finally {
            Replication.stopThreads(node);
        }
    }

    /** A source that is a replica may lag. What it lacks, and neither receives nor has received, it will never have. */
    private static Optional<String> lacking(Stop stop) {
        Node source = stop.source();
        List<ReplicaStatus> channels = Replication.channels(source);
        GtidSet lacking = stop.gtids().minus(GtidSet.executed(source));
        if (lacking.isEmpty()) {
            return Optional.empty();
        }
        boolean comes = channels.stream()
                .anyMatch(channel -> channel.sqlRunning()
                        && (channel.ioRunning()
                                || !lacking.within(GtidSet.parse(channel.retrievedGtids()))
                                        .isEmpty()));
        if (!comes) {
            throw new TopologyException(source + ": cannot be followed to the position; it lacks " + lacking);
        }
        return Optional.of("it lacks " + lacking);
    }

    private Optional<String> left(Stop stop) {
        ReplicaStatus status = Replication.status(node);
        // After the status: the applier may have executed the last of it, and ended, while that was read.
        GtidSet left = stop.gtids().minus(GtidSet.executed(node));
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (!status.sqlRunning()) {
            throw new TopologyException(node + ": the applier has ended before it was there: " + status);
        }
        stop.source().requireNotEnded();
        Mysql.texts(node, GIVEN_UP).forEach(error -> {
            throw new TopologyException(node + ": cannot follow: " + error);
        });
        return Optional.of(Plural.of(left.count(), "transaction") + " left");
    }

    private void end() {
        if (server != null) {
            server.close();
            server = null;
            node = null;
        }
    }

    /** Nothing is left of it. */
    @Override
    public void close() throws IOException {
        end();
        FileTrees.delete(copy);
    }
}
