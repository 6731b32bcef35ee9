package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.load.NodePool;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cap counts exactly what the server counts: a server that nobody else asks. */
class CappedCommandsIT {
    private static final int HIGH = 1_000_000;
    private static final int QUIT = 1;

    private static Deployment deployment;
    private static ReplicaSet replicaSet;
    private static Node server;
    private static Connection observer;

    interface Use {
        void with(Node node) throws SQLException;
    }

    @BeforeAll
    static void start() throws SQLException {
        // A replica asks its primary; nobody asks a replica.
        deployment = TestServers.start(1);
        replicaSet = deployment.replicaSet();
        server = replicaSet.replicas().get(0);
        observer = server.connect();
    }

    @AfterAll
    static void end() throws SQLException {
        observer.close();
        deployment.close();
    }

    @Test
    void openingAndClosingCount() throws SQLException {
        assertCounted(
                RateCap.CONNECTING + QUIT, node -> node.connectForLoad(Map.of()).close());
        assertCounted(
                RateCap.CONNECTING + QUIT, node -> node.connectForSampling().close());
        assertCounted(RateCap.CONNECTING, node -> node.connectForLoad(Map.of()).abort(Runnable::run));
    }

    @Test
    void everyKindOfStatementCounts() throws SQLException {
        assertCounted(RateCap.CONNECTING + 9 + QUIT, node -> {
            try (Connection connection = node.connectForLoad(Map.of("useServerPrepStmts", "true"));
                    Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement("SELECT ?")) {
                statement.execute("SELECT 1");
                prepared.setInt(1, 1);
                prepared.execute();
                prepared.execute();
                connection.setAutoCommit(false);
                statement.execute("DO 1");
                connection.commit();
                assertThatThrownBy(() -> statement.execute("SELECT x")).isInstanceOf(SQLException.class);
                connection.setAutoCommit(true);
                connection.setCatalog("mysql");
                assertThat(connection.isValid(1)).isTrue();
            }
        });
    }

    /** Of the load: those of the plugin's engine and of the connection steps too are made of this configuration. */
    @Test
    void whatAPoolSendsByItselfCounts() throws SQLException {
        ConnectionSettings settings = TestServers.settings().connection();
        long asked = assertCounted(node -> {
            var config = NodePool.hikariConfig(node, "", settings, node.cap().waits());
            config.setMinimumIdle(3);
            config.setMaximumPoolSize(3);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                for (int i = 0; i < 20; i++) {
                    try (Connection connection = pool.getConnection();
                            PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                        statement.execute();
                    }
                }
            }
        });
        assertThat(asked).isGreaterThanOrEqualTo(20 + RateCap.CONNECTING);
    }

    @Test
    void administrationDoesNotCount() throws SQLException {
        RateCap cap = new RateCap(HIGH);
        CappedNodes.of(server, cap).connect().close();
        assertThat(sent(cap, System.nanoTime() - 1_000_000_000)).isZero();
    }

    private static void assertCounted(long expected, Use use) throws SQLException {
        assertThat(assertCounted(use)).isEqualTo(expected);
    }

    /** @return how much the server was asked */
    private static long assertCounted(Use use) throws SQLException {
        RateCap cap = new RateCap(HIGH);
        long from = System.nanoTime();
        long before = questions();
        AtomicLong looks = new AtomicLong();
        use.with(CappedNodes.of(server, cap));
        // A pool opens and closes some connections behind its user's back.
        AtomicLong asked = new AtomicLong();
        Awaitility.await().untilAsserted(() -> {
            asked.set(questions() - before - looks.incrementAndGet());
            assertThat(sent(cap, from)).isEqualTo(asked.get());
        });
        return asked.get();
    }

    private static long sent(RateCap cap, long from) {
        return cap.use(from - 100_000_000, System.nanoTime() + 100_000_000)
                .orElseThrow()
                .requests();
    }

    /** Of all connections; asking is one of them. */
    private static long questions() throws SQLException {
        try (Statement statement = observer.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
            row.next();
            return row.getLong(2);
        }
    }
}
