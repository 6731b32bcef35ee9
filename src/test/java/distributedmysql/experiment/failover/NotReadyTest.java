package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.HostPort;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.Settings;
import distributedmysql.config.ShardSettings;
import distributedmysql.experiment.AllSettings;
import distributedmysql.history.EventLog;
import distributedmysql.history.RunClock;
import distributedmysql.ledger.LedgerPlan;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.run.Check;
import distributedmysql.run.RunServers;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.Replicator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where the servers could not be prepared for failovers")
class NotReadyTest {
    /** Nobody listens there. */
    private static final HostPort NOBODY = new HostPort("127.0.0.1", 1);

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final FailoverOptions OPTIONS =
            new FailoverOptions(Duration.ofMillis(200), DEADLINE, 3, true, DEADLINE, DEADLINE);

    @Test
    @DisplayName(
            "no load is wanted, none is waited for, and each check is UNKNOWN with the reason, that of other shards too")
    void noLoad() {
        try (FailoverMode mode = mode()) {
            assertThat(mode.isReady()).isTrue();
            mode.begin();
            assertThat(mode.isReady()).isFalse();
            mode.round(1_000);
            mode.end();

            List<CheckResult> results =
                    mode.checks().stream().map(Check::result).toList();
            assertThat(results).extracting(CheckResult::name).contains("other shards: async");
            assertThat(results).extracting(CheckResult::verdict).containsOnly(Verdict.UNKNOWN);
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.evidence())
                            .contains("shard1-node", "not played: round 1")
                            .doesNotContain("to end"));
        }
    }

    private static FailoverMode mode() {
        Properties properties = new Properties();
        for (String setting :
                List.of("profile=quick", "embedded.shards=2", "failover.deadline=1s", "connection.pool-timeout=1s")) {
            properties.setProperty(setting.split("=")[0], setting.split("=")[1]);
        }
        Settings settings = AllSettings.load(properties);
        ShardSettings sharing = settings.sharing();
        List<ReplicaSet> sets = List.of(set("shard1"), set("shard2"));
        return new FailoverMode(
                new RunServers(
                        new Deployment("any", Shards.started(sharing, sets), () -> {}),
                        null,
                        Optional.empty(),
                        null,
                        null),
                ReplicationMode.ASYNC,
                new FailoverPlan(
                        settings.of(FailoverSettings.class),
                        LedgerPlan.patient(1, 1, settings, DEADLINE),
                        Replicator.of(sets.get(0), OPTIONS, new RunClock(), Optional.empty()),
                        any -> List.of()),
                new EventLog(),
                line -> {});
    }

    private static ReplicaSet set(String shard) {
        Credentials account = new Credentials("nobody", "secret");
        List<Node> nodes = List.of(node(shard + "-node1", account), node(shard + "-node2", account));
        return new ReplicaSet(nodes.get(0), nodes.subList(1, 2), account);
    }

    private static Node node(String name, Credentials account) {
        return new Node(
                name, NOBODY, ServerVersion.parse("8.0.33"), "uuid-" + name, account, account, Optional.empty());
    }
}
