package distributedmysql.experiment.groupconsistency;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.monitor.NodeConnection;
import distributedmysql.monitor.Sampler;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What waits on one member, read some times a second from its own row of {@code performance_schema.replication_group_member_stats}.
 * What others know of it there is as old as their last exchange, which is once a second.
 *
 * <p>Thread-safe.
 */
final class MemberQueues implements AutoCloseable {
    static final int PER_SECOND = 5;

    private static final Duration INTERVAL = Duration.ofSeconds(1).dividedBy(PER_SECOND);
    private static final String QUERY =
            "SELECT COUNT_TRANSACTIONS_IN_QUEUE, COUNT_TRANSACTIONS_REMOTE_IN_APPLIER_QUEUE,"
                    + " @@global.group_replication_flow_control_certifier_threshold,"
                    + " @@global.group_replication_flow_control_applier_threshold,"
                    + " @@global.group_replication_flow_control_mode"
                    + " FROM performance_schema.replication_group_member_stats WHERE MEMBER_ID = @@global.server_uuid";

    /**
     * The longest queues that were seen. A queue at a reading proves that this many transactions waited then; a short one proves nothing
     * of the time between two readings.
     */
    @JsonClassDescription("What waited on one member, by readings some times a second.")
    record Queues(
            @JsonPropertyDescription("Name of the member.") String member,

            @JsonPropertyDescription(
                    "Most transactions that waited to be checked for conflicts (COUNT_TRANSACTIONS_IN_QUEUE).")
            long certifier,

            @JsonPropertyDescription(
                    "Most transactions of other members that were agreed upon and waited to be applied "
                            + "(COUNT_TRANSACTIONS_REMOTE_IN_APPLIER_QUEUE): what a read of this member lacks.")
            long applier,

            @JsonPropertyDescription(
                    "Whether a reading was above the member's group_replication_flow_control_…_threshold "
                            + "with flow control on (QUOTA): only then does a group hold back its writers. false proves it only "
                            + "for the readings.")
            boolean flowControl,

            @JsonPropertyDescription("How many readings there were.")
            long readings) {}

    private final Node node;
    private final NodeConnection connection;
    private final Sampler sampler;
    private Queues seen;

    MemberQueues(Node node) {
        this.node = node;
        this.connection = new NodeConnection(() -> node);
        this.seen = new Queues(node.name(), 0, 0, false, 0);
        this.sampler = new Sampler("queues of " + node.name(), INTERVAL, new Sampler.Reading() {
            @Override
            public void take() throws SQLException {
                connection.use(MemberQueues.this::read);
            }

            @Override
            public void close() {
                connection.close();
            }
        });
    }

    void start() {
        sampler.start();
    }

    private Void read(Mysql session) throws SQLException {
        return session.read(QUERY, row -> {
            if (row.next()) {
                boolean quota = row.getString(5).equals("QUOTA");
                add(
                        row.getLong(1),
                        row.getLong(2),
                        quota && (row.getLong(1) > row.getLong(3) || row.getLong(2) > row.getLong(4)));
            }
            return null;
        });
    }

    private synchronized void add(long certifier, long applier, boolean above) {
        seen = new Queues(
                node.name(),
                Math.max(seen.certifier, certifier),
                Math.max(seen.applier, applier),
                seen.flowControl || above,
                seen.readings + 1);
    }

    synchronized Queues seen() {
        return seen;
    }

    @Override
    public void close() {
        sampler.close();
    }
}
