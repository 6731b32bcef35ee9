package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.Experiments;
import distributedmysql.load.data.GameSchema;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.external.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OwnServers(shards = 2)
class ExternalShardsSimulationIT {
    private static final String[] READ_ONLY = {
        "experiments=performance,consistency", "consistency.duration=5s", "external.read-only=true"
    };

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @Tag("nightly")
    @DisplayName(
            "A run on several replica sets of others, as a user with few privileges, leaves nothing on any of them")
    void played(Deployment servers) throws Exception {
        operator(servers).close();
        PlayedRun run = simulations.playAs(FewPrivileges.PASSWORD, PerformanceSimulation.class, settings(servers));

        run.assertValidUnlessSlow();
        assertThat(PlayedRun.texts(run.report().at("/topology/nodes"), "name"))
                .containsExactlyElementsOf(
                        servers.nodes().stream().map(Node::name).toList());
        FewPrivileges.assertDropped(servers.nodes());
    }

    @Test
    @Tag("nightly")
    @DisplayName("What a run has kept on them is read by one that writes nothing, unless by another shard map")
    void readOnly(Deployment servers) throws Exception {
        operator(servers).close();
        PlayedRun writing = simulations.playAs(
                FewPrivileges.PASSWORD, OneStageSimulation.class, settings(servers, "external.keep-data=true"));
        writing.assertValidUnlessSlow();

        PlayedRun reading =
                simulations.playAs(FewPrivileges.PASSWORD, FullSimulation.class, settings(servers, READ_ONLY));
        reading.assertValidUnlessSlow();
        assertThat(reading.check("table checksums")).startsWith("VALID").contains("2 replicas compared");
        assertThat(PlayedRun.texts(reading.report().at("/stages"), "name")).isNotEmpty();

        PlayedRun other = simulations.playAs(
                FewPrivileges.PASSWORD,
                FullSimulation.class,
                settings(
                        servers,
                        Stream.concat(Stream.of(READ_ONLY), Stream.of("shards.strategy=modulo"))
                                .toArray(String[]::new)));
        assertThat(other.output())
                .contains("with this shard map means ")
                .contains("data.scale, external.shards and the section shards must be those of the run that left them");
        assertThat(other.report().at("/stages")).isEmpty();
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "The main job on them; the primary of one shard is killed by a command, and another promotes its replica")
    void mainJob(Deployment servers) throws Exception {
        try (Operator operator = operator(servers)) {
            List<String> faults = new ArrayList<>(operator.settings().stream()
                    .filter(setting -> setting.startsWith("external.hooks.") || setting.endsWith("allow-faults=true"))
                    .toList());
            faults.addAll(List.of(operator.promoteSetting(), "failover.before=2s", "failover.after=8s"));
            PlayedRun run = simulations.playAs(
                    FewPrivileges.PASSWORD, FullSimulation.class, settings(servers, faults.toArray(String[]::new)));

            System.out.println(run.output());
            JsonNode round = FewPrivileges.theRound(run.report());
            assertThat(round.at("/former").asText()).isEqualTo("shard1-node1");
            assertThat(round.at("/promoted").asText()).isEqualTo("shard1-node2");
            run.assertValidUnlessSlow();
            FewPrivileges.assertDropped(servers.nodes());
        }
    }

    @Test
    @Tag("nightly")
    @OwnServers(shards = 3)
    @DisplayName(
            "Each table that an experiment makes is named beforehand, so that a filter of it would have been found")
    void tables(Deployment servers) throws Exception {
        Credentials admin = servers.nodes().get(0).admin();
        List<String> settings = new ArrayList<>(TestServers.external(servers.shards()));
        settings.addAll(List.of(
                "external.user=" + admin.user(),
                "external.keep-data=true",
                "sharding.resharding.rounds=1",
                "sharding.resharding.rows=5000",
                "sharding.transfers.accounts=2000",
                "sharding.transfers.transfers=200",
                "sharding.transfers.kills=10"));
        PlayedRun run =
                simulations.playAs(admin.password().text(), ShardingSimulation.class, settings.toArray(String[]::new));

        assertThat(run.check("saves on their shards")).startsWith("VALID");
        assertThat(run.check("transfers with XA")).startsWith("VALID");
        assertThat(run.check("every row on the right shard")).startsWith("VALID");
        Set<String> unnamed = new TreeSet<>();
        servers.shards()
                .all()
                .forEach(set -> unnamed.addAll(Mysql.texts(
                        set.primary(),
                        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?",
                        TestServers.settings().data().database())));
        Properties shards = new Properties();
        shards.setProperty("embedded.shards", "3");
        List<String> named = Experiments.SHARDING.tables(AllSettings.load(shards));
        // Some are dropped when they have served.
        assertThat(unnamed).contains("saves", "search_players", "transfer_decisions", "resharded_ledger");
        unnamed.removeAll(named);
        GameSchema.TABLES.forEach(table -> unnamed.remove(table.name()));
        assertThat(unnamed).isSubsetOf("_distributed_mysql_test", "heartbeat");
    }

    /** Of the first shard's servers; makes the user on each shard. */
    private Operator operator(Deployment servers) throws Exception {
        List<ReplicaSet> sets = servers.shards().all();
        FewPrivileges.operator(sets.get(1), simulations, true).close();
        return FewPrivileges.operator(sets.get(0), simulations, true);
    }

    private static String[] settings(Deployment servers, String... more) {
        List<String> settings = new ArrayList<>(TestServers.external(servers.shards()));
        settings.addAll(List.of("external.user=few", "data.database=" + FewPrivileges.DATABASE));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }
}
