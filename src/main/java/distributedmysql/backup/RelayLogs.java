package distributedmysql.backup;

import distributedmysql.config.Plural;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import distributedmysql.mysql.ReplicationSql;
import distributedmysql.topology.Await;
import distributedmysql.topology.Replication;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets a server execute binary logs as if it had fetched them from a source. What it has executed before it skips, by the GTIDs; nothing
 * connects to anybody.
 */
record RelayLogs(RestoredServer server, Duration limit) {
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** The default one may be that of the data's source, with relay logs of its own. */
    private static final String CHANNEL = "recovery";

    /** As the option {@code relay_log} ({@link distributedmysql.mysql.CommonOptions}) and the channel make it. */
    private static final String NAME = "relay-" + CHANNEL;

    /**
     * Returns when the server has executed the set; it is no replica then.
     *
     * @param segments in their order; their files are moved away
     * @throws distributedmysql.mysql.TopologyException if it cannot within the limit, with the applier's error
     */
    void apply(List<Segment> segments, GtidSet all) throws IOException {
        GtidSet executed = server.gtids();
        int from = 0;
        for (int next = 1; next <= segments.size(); next++) {
            executed = executed.and(segments.get(next - 1).gtids());
            if (next == segments.size()) {
                applyTogether(segments.subList(from, next), all);
            } else if (!segments.get(next - 1).leadsOn()) {
                applyTogether(segments.subList(from, next), executed);
                from = next;
            }
        }
    }

    private void applyTogether(List<Segment> segments, GtidSet until) throws IOException {
        Node node = server.node();
        String first = place(segments, server.server().dataDirectory());
        ReplicationSql sql = new ReplicationSql(node.version());
        Mysql.run(node, "apply binary logs", session -> {
            session.execute(sql.relayLogsOf(CHANNEL), first);
            session.execute(sql.startApplierOf(CHANNEL));
        });
        long transactions = until.minus(GtidSet.executed(node)).count();
        Await.of(node + ": " + Plural.of(transactions, "transaction") + " of the binary logs to be applied", limit)
                .every(PAUSE)
                .untilNo(() -> left(node, until, transactions));
        Mysql.run(node, "end the applying of binary logs", session -> {
            session.execute(sql.stopThreadsOf(CHANNEL));
            session.execute(sql.forgetSourceOf(CHANNEL));
        });
    }

    private static Optional<String> left(Node node, GtidSet all, long transactions) {
        long left = all.minus(GtidSet.executed(node)).count();
        if (left == 0) {
            return Optional.empty();
        }
        ReplicaStatus status = Replication.channels(node).stream()
                .filter(each -> each.channel().name().equals(CHANNEL))
                .findFirst()
                .orElseThrow();
        if (!status.sqlRunning()) {
            throw new BackupException(node + ": binary logs cannot be applied after " + (transactions - left) + " of "
                    + Plural.of(transactions, "transaction") + ": " + status.lastError());
        }
        return Optional.of(transactions - left + " of " + Plural.of(transactions, "transaction"));
    }

    /** @return the first file's name */
    private static String place(List<Segment> segments, Path data) throws IOException {
        List<String> index = new ArrayList<>();
        for (Segment segment : segments) {
            String name = String.format(Locale.ROOT, "%s.%06d", NAME, index.size() + 1);
            Path log = Files.move(segment.file(), data.resolve(name));
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                channel.truncate(segment.end());
            }
            index.add("./" + name);
        }
        Files.write(data.resolve(NAME + ".index"), index);
        return index.get(0).substring(2);
    }
}
