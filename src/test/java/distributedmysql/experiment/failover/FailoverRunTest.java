package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.HostPort;
import distributedmysql.config.Settings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.run.Permissions;
import distributedmysql.run.RunServers;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class FailoverRunTest {
    private static final String REASON =
            "external.allow-faults = false, and node1 (db1:3306) was not started by the framework";

    @Test
    void serversThatAreNotOursAreNotKilledAndTheReportSaysSo() {
        try (FailoverRun run = run()) {
            assertThat(run.modes()).isEmpty();
            assertThat(run.checks()).isEmpty();
            assertThat(run.impossible()).hasValue(REASON);
            assertThat(run.impossibleChecks())
                    .contains("lost acknowledged writes: async", "semi-sync fallback: after-sync");
            assertThat(run.reports()).extracting(Failover::mode).containsExactly("async", "after-sync");
            assertThat(run.reports()).extracting(Failover::reason).containsOnly(REASON);
            assertThat(run.faults())
                    .singleElement()
                    .extracting(InjectedFault::error)
                    .isEqualTo("not possible: " + REASON);
        }
    }

    @Test
    void withoutRoundsThereIsNothingToReport() {
        try (FailoverRun run = run("failover.rounds=0")) {
            assertThat(run.modes()).isEmpty();
            assertThat(run.impossibleChecks()).isEmpty();
            assertThat(run.reports()).isNull();
            assertThat(run.faults()).isNull();
        }
    }

    private static FailoverRun run(String... overrides) {
        Properties properties = new Properties();
        properties.setProperty("profile", "quick");
        for (String override : overrides) {
            String[] parts = override.split("=");
            properties.setProperty(parts[0], parts[1]);
        }
        Settings settings = AllSettings.load(properties);
        Credentials account = new Credentials("root", "secret");
        Node node = new Node(
                "node1",
                new HostPort("db1", 3306),
                ServerVersion.parse("8.0.33"),
                "uuid",
                account,
                account,
                Optional.empty());
        Deployment deployment = new Deployment("external", Shards.only(new ReplicaSet(node, List.of())), () -> {});
        return new FailoverRun(
                new RunServers(deployment, null, Optional.empty(), null, Permissions.full("any")),
                settings,
                new EventLog(),
                any -> List.of(),
                line -> {});
    }
}
