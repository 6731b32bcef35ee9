package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Channels;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ReplicaStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A replica that replicates from its primary and from another server, by channels of any names. The other one was the
 * second replica of servers of this test's own.
 */
public final class MultiSource implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Deployment deployment = TestServers.start(2);
    private final ReplicaSet servers = deployment.replicaSet();

    public MultiSource() throws SQLException {
        Replication.forgetSource(other());
        Replication.setReadOnly(other(), false);
        TestSql.execute(other(), "CREATE DATABASE elsewhere", "CREATE TABLE elsewhere.t (id INT PRIMARY KEY)");
    }

    public Node primary() {
        return servers.primary();
    }

    public Node replica() {
        return servers.replicas().get(0);
    }

    public Node other() {
        return servers.replicas().get(1);
    }

    /** Primary and replica, as a replica set that is not ours. */
    public ReplicaSet asReplicaSet() {
        return new ReplicaSet(primary(), List.of(replica()));
    }

    /** By these channels and no others; an empty name is the default channel's. Returns when both run. */
    public void follow(String channelFromPrimary, String channelFromOther) throws SQLException {
        TestSql.execute(replica(), "STOP REPLICA", "RESET REPLICA ALL");
        // In the order of their names: the first is the one that a look at one row only would find.
        if (channelFromPrimary.compareTo(channelFromOther) < 0) {
            change(channelFromPrimary, primary());
            change(channelFromOther, other());
        } else {
            change(channelFromOther, other());
            change(channelFromPrimary, primary());
        }
        TestSql.execute(replica(), "START REPLICA");
        awaitAll();
    }

    public void followOnlyOther(String channel) throws SQLException {
        TestSql.execute(replica(), "STOP REPLICA", "RESET REPLICA ALL");
        change(channel, other());
        TestSql.execute(replica(), "START REPLICA");
        awaitAll();
    }

    public void awaitAll() {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(Replication.channels(replica()))
                        .as(Channels.describe(Replication.channels(replica())))
                        .allMatch(ReplicaStatus::running));
    }

    private void change(String channel, Node source) throws SQLException {
        Credentials account = servers.replicationAccount().orElseThrow();
        TestSql.execute(
                replica(),
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '"
                        + source.address().host() + "', SOURCE_PORT = "
                        + source.address().port() + ", SOURCE_USER = '" + account.user() + "', SOURCE_PASSWORD = '"
                        + account.password().text() + "', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1"
                        + ", SOURCE_CONNECT_RETRY = 1 FOR CHANNEL '" + channel + "'");
    }

    @Override
    public void close() {
        deployment.close();
    }
}
