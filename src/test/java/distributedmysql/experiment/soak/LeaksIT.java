package distributedmysql.experiment.soak;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.Verdict;
import distributedmysql.experiment.AllSettings;
import distributedmysql.history.Quantity;
import distributedmysql.monitor.LoadTime;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Real samplers, a short load, and the limits of the default profile: what leaks is found, what does not is not. */
class LeaksIT {
    private static final Duration LOAD = Duration.ofSeconds(9);
    private static final long PER_SECOND = 40;

    private final ReplicaSet replicaSet = TestServers.shared();

    private interface Work {
        void once(int i) throws SQLException;
    }

    @Test
    void aHealthyLoadLeaksNothing() throws SQLException {
        try (Connection connection = replicaSet.primary().connect()) {
            List<Leak> leaks = leaksOf(i -> {
                try (Statement statement = connection.createStatement()) {
                    statement.executeQuery("SELECT " + i).close();
                }
            });

            assertThat(leaks).extracting(Leak::quantity).contains(Quantity.values());
            assertThat(leaks)
                    .allSatisfy(
                            leak -> assertThat(leak.verdict()).as("%s", leak).isEqualTo(Verdict.VALID));
        }
    }

    @Test
    void aClientThatKeepsMegabytesPerSecondIsFound() throws SQLException {
        List<byte[]> kept = new ArrayList<>();

        List<Leak> leaks = leaksOf(i -> kept.add(new byte[(int) ((8 << 20) / PER_SECOND)]));

        Leak leak = leak(leaks, Quantity.CLIENT_HEAP, "client");
        assertThat(leak.verdict()).as("%s", leak).isEqualTo(Verdict.INVALID);
        assertThat(kept).isNotEmpty();
    }

    @Test
    void aClientThatNeverClosesStatementsIsFound() throws SQLException {
        List<PreparedStatement> open = new ArrayList<>();
        try (Connection connection = replicaSet.primary().connect(Map.of("useServerPrepStmts", "true"))) {

            List<Leak> leaks = leaksOf(i -> open.add(connection.prepareStatement("SELECT ? + " + i)));

            Leak leak =
                    leak(leaks, Quantity.SERVER_STATEMENTS, replicaSet.primary().name());
            assertThat(leak.verdict()).as("%s", leak).isEqualTo(Verdict.INVALID);
            assertThat(leak.ci95().high()).isLessThan(2.0 * PER_SECOND);
        }
        assertThat(open).isNotEmpty();
    }

    @Test
    void aSessionThatGrowsOnTheServerIsFound() throws SQLException {
        try (Connection connection = replicaSet.primary().connect();
                Statement statement = connection.createStatement()) {

            List<Leak> leaks = leaksOf(i -> statement.execute("SET @kept_" + i + " = REPEAT('x', 65536)"));

            Leak leak =
                    leak(leaks, Quantity.SERVER_ALLOCATED, replicaSet.primary().name());
            assertThat(leak.verdict()).as("%s", leak).isEqualTo(Verdict.INVALID);
            replicaSet
                    .replicas()
                    .forEach(replica -> assertThat(leak(leaks, Quantity.SERVER_ALLOCATED, replica.name())
                                    .verdict())
                            .isEqualTo(Verdict.VALID));
        }
    }

    private List<Leak> leaksOf(Work work) throws SQLException {
        // What earlier tests of this JVM left would be collected meanwhile, and hide what this one keeps.
        System.gc();
        try (SoakRun soak = new SoakRun(replicaSet.nodes(), settings(), 0)) {
            soak.begin();
            long start = System.nanoTime();
            int done = 0;
            while (System.nanoTime() - start < LOAD.toNanos()) {
                if (done < (System.nanoTime() - start) * PER_SECOND / 1_000_000_000) {
                    work.once(done++);
                } else {
                    LockSupport.parkNanos(2_000_000);
                }
            }
            soak.end(new LoadTime(start, System.nanoTime()), null);
            return soak.report("soak").leaks();
        }
    }

    private static SoakSettings settings() {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "profile", "quick",
                "soak.leaks.sample-interval", "100ms",
                "soak.leaks.min-duration", "3s",
                "soak.leaks.warm-up-share", "0.4"));
        return AllSettings.load(properties).of(SoakSettings.class);
    }

    private static Leak leak(List<Leak> leaks, Quantity quantity, String node) {
        return leaks.stream()
                .filter(leak -> leak.quantity() == quantity && leak.node().equals(node))
                .findFirst()
                .orElseThrow();
    }
}
