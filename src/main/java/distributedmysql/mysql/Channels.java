package distributedmysql.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The channels by which a server replicates, one for each of its sources. Of a replica with several sources, only the
 * channel from our primary matters, and it is known by the primary's {@code server_uuid}, whatever it is called and
 * whichever comes first
 * (<a href="https://dev.mysql.com/doc/refman/8.4/en/replication-channels.html">manual, "Replication Channels"</a>).
 */
public final class Channels {
    private static final String GROUP = "group_replication_applier";
    /** Names that MySQL keeps for group replication; they have no source of their own. */
    private static final Set<String> OF_GROUPS = Set.of(GROUP, "group_replication_recovery");

    private static final String MEMBER = """
            SELECT p.MEMBER_ID, CONCAT(p.MEMBER_HOST, ':', p.MEMBER_PORT), m.MEMBER_STATE = 'ONLINE',
                   a.SERVICE_STATE = 'ON', c.LAST_ERROR_MESSAGE, c.RECEIVED_TRANSACTION_SET, @@global.gtid_executed
              FROM performance_schema.replication_group_members m
              JOIN performance_schema.replication_group_members p
                ON p.MEMBER_ROLE = 'PRIMARY' AND p.MEMBER_ID <> m.MEMBER_ID
              JOIN performance_schema.replication_connection_status c ON c.CHANNEL_NAME = m.CHANNEL_NAME
              JOIN performance_schema.replication_applier_status a ON a.CHANNEL_NAME = m.CHANNEL_NAME
             WHERE m.MEMBER_ID = @@server_uuid
            """;

    private Channels() {}

    /**
     * All of them; none if the server has no source. A secondary of a group has one by which it gets what the group's
     * primary writes, although it fetches from nobody.
     */
    public static List<ReplicaStatus> read(Node node, Mysql session) throws SQLException {
        ReplicationSql sql = new ReplicationSql(node.version());
        List<ReplicaStatus> channels = new ArrayList<>(session.rows(MEMBER, row -> member(session, row)));
        return session.read(sql.status(), row -> {
            while (row.next()) {
                String name = row.getString("Channel_Name");
                if (!OF_GROUPS.contains(name)) {
                    channels.add(status(row, sql, workerError(session, name)));
                }
            }
            return channels;
        });
    }

    /** The one from this source; of several, one that runs. */
    public static Optional<ReplicaStatus> from(Node source, List<ReplicaStatus> channels) {
        List<ReplicaStatus> fromSource = channels.stream()
                .filter(channel -> channel.sourceUuid().equals(source.serverUuid()))
                .toList();
        return fromSource.stream()
                .filter(ReplicaStatus::running)
                .findFirst()
                .or(() -> fromSource.stream().findFirst());
    }

    /** For messages: the sources, each with its channel, its server_uuid, and its state if it does not run. */
    public static String describe(List<ReplicaStatus> channels) {
        return channels.stream()
                .map(status -> status.channel() + " (server_uuid " + status.sourceUuid() + ")"
                        + (status.running() ? "" : ", which does not run: " + status))
                .collect(Collectors.joining(", "));
    }

    private static ReplicaStatus member(Mysql session, ResultSet row) throws SQLException {
        return new ReplicaStatus(
                new ReplicaStatus.Channel(GROUP, row.getString(2), row.getString(1)),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getString(5),
                workerError(session, GROUP),
                OptionalLong.empty(),
                GtidSets.oneLine(row.getString(6)),
                GtidSets.oneLine(row.getString(7)));
    }

    private static ReplicaStatus status(ResultSet row, ReplicationSql sql, String workerError) throws SQLException {
        long behind = row.getLong(sql.column("Seconds_Behind_Source"));
        OptionalLong lag = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(behind);
        return new ReplicaStatus(
                new ReplicaStatus.Channel(
                        row.getString("Channel_Name"),
                        row.getString(sql.column("Source_Host")) + ":" + row.getInt(sql.column("Source_Port")),
                        row.getString(sql.column("Source_UUID"))),
                "Yes".equals(row.getString(sql.column("Replica_IO_Running"))),
                "Yes".equals(row.getString(sql.column("Replica_SQL_Running"))),
                row.getString(sql.column("Last_IO_Error")),
                workerError.isEmpty() ? row.getString(sql.column("Last_SQL_Error")) : workerError,
                lag,
                GtidSets.oneLine(row.getString("Retrieved_Gtid_Set")),
                GtidSets.oneLine(row.getString("Executed_Gtid_Set")));
    }

    /** Where several workers apply, SHOW REPLICA STATUS says only that one of them failed, and not why. */
    private static String workerError(Mysql session, String channel) throws SQLException {
        String query = "SELECT CONCAT('error ', LAST_ERROR_NUMBER, ': ', LAST_ERROR_MESSAGE)"
                + " FROM performance_schema.replication_applier_status_by_worker"
                + " WHERE CHANNEL_NAME = ? AND LAST_ERROR_NUMBER <> 0 LIMIT 1";
        return session.text(query, channel);
    }
}
