package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.Settings;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.Secret;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Pasted;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
        "Of several replica sets of others, each is verified as the only one would be, and messages say which it is")
@OwnServers(shards = 2)
class ExternalShardsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static Shards theirs;
    private static ReplicaSet first;
    private static ReplicaSet second;

    @TempDir
    Path directory;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void remember(Deployment servers) {
        theirs = servers.shards();
        first = theirs.all().get(0);
        second = theirs.all().get(1);
    }

    @Test
    void whoIsWhatIsFoundAndSaid() throws Exception {
        ServerState before = ServerState.of(theirs.nodes());
        try (Deployment deployment = topology(admin(), all()).start()) {
            Shards found = deployment.shards();
            assertThat(found.nodes())
                    .extracting(Node::name)
                    .containsExactly("shard1-node1", "shard1-node2", "shard2-node1", "shard2-node2");
            assertThat(found.nodes())
                    .extracting(Node::serverUuid)
                    .containsExactlyElementsOf(
                            theirs.nodes().stream().map(Node::serverUuid).toList());
            for (long key = 0; key < 1_000; key++) {
                assertThat(found.map().shardOf(key)).isEqualTo(theirs.map().shardOf(key));
            }
        }
        assertThat(console)
                .contains("external: shard2: primary " + second.primary().address() + ": MySQL "
                        + second.primary().version() + ", server_uuid "
                        + second.primary().serverUuid())
                .noneMatch(line -> line.contains("warning"))
                .filteredOn(line -> line.contains("writes only into the database external_it of each shard"))
                .hasSize(1);
        assertThat(ServerState.of(theirs.nodes())).isEqualTo(before);
    }

    @Test
    void keysBelongToTheSetsByRanges() {
        try (Deployment deployment = topology(admin(), all(), "shards.strategy=ranges", "shards.ranges=..99,100..")
                .start()) {
            assertThat(deployment.shards().of(99).primary().serverUuid())
                    .isEqualTo(first.primary().serverUuid());
            assertThat(deployment.shards().of(100).primary().serverUuid())
                    .isEqualTo(second.primary().serverUuid());
        }
    }

    @Test
    void aReplicaThatIsListedFirst() throws Exception {
        Node replica = second.replicas().get(0);
        assertRefused(
                sets(
                        set(first.primary(), first.replicas().get(0)),
                        set(/* primary= */ replica, /* replica= */ second.primary())),
                "shard2: shard2-node1 (" + replica.address() + "): is read-only and replicates from "
                        + second.primary().address() + " itself, so it is no primary; check external.shards");
    }

    @Test
    void aReplicaOfAnotherShard() throws Exception {
        assertRefused(
                sets(
                        set(first.primary(), second.replicas().get(0)),
                        set(second.primary(), first.replicas().get(0))),
                "shard1: shard1-node2 (" + second.replicas().get(0).address() + ")",
                "not from " + "shard1-node1 (" + first.primary().address() + ")",
                "; check external.shards");
    }

    @Test
    @DisplayName("Two addresses of one server are two shards with one database")
    void oneServerInTwoShards() throws Exception {
        try (Endpoint same = new Endpoint(first.primary().address())) {
            assertRefused(
                    sets(
                            set(first.primary(), first.replicas().get(0)),
                            same.address() + "+" + second.replicas().get(0).address()),
                    first.primary().address() + " (shard1) and " + same.address()
                            + " (shard2) lead to one server (server_uuid "
                            + first.primary().serverUuid() + ")");
        }
    }

    @Test
    void nobodyAnswersInTheSecondShard() throws Exception {
        assertRefused(
                sets(set(first.primary(), first.replicas().get(0)), "127.0.0.1:1+127.0.0.1:2"),
                "shard2: 127.0.0.1:1 as ",
                "nobody listens there");
    }

    @Test
    @DisplayName("What a user lacks in one shard is to be granted on that shard's primary")
    void grants() throws Exception {
        Credentials lacks = new Credentials("lacks", new Secret("only-in-this-test"));
        Node primary = second.primary();
        for (ReplicaSet set : theirs.all()) {
            TestSql.execute(set.primary(), "CREATE USER lacks IDENTIFIED BY 'only-in-this-test'");
        }
        TestSql.execute(
                first.primary(),
                "GRANT REPLICATION CLIENT ON *.* TO lacks",
                "GRANT SELECT ON performance_schema.* TO lacks",
                "GRANT ALL ON external_it.* TO lacks");
        awaitConvergence();
        try {
            assertThatThrownBy(() -> topology(lacks, all()).start())
                    .isInstanceOf(TopologyException.class)
                    .hasMessageStartingWith("shard2: " + primary.address() + " as lacks: lacks privileges")
                    .satisfies(refused -> TestSql.execute(
                            primary,
                            Pasted.of(refused.getMessage(), primary.address().toString())));
            awaitConvergence();
            topology(lacks, all()).start().close();
        } finally {
            for (ReplicaSet set : theirs.all()) {
                TestSql.execute(set.primary(), "DROP USER lacks");
            }
            awaitConvergence();
        }
    }

    @Test
    @DisplayName("Commands that kill and start are told the server's name with its shard, and that shard's primary")
    void hooks() throws Exception {
        Path told = directory.resolve("told");
        Node theirReplica = second.replicas().get(0);
        long pid = theirReplica.pid().orElseThrow();
        try (Deployment deployment = topology(
                        admin(),
                        all(),
                        "external.allow-faults=true",
                        "external.hooks.kill=echo $NODE_NAME >>" + told + "; kill -9 " + pid,
                        "external.hooks.start=echo $NODE_NAME $PRIMARY_PORT >>" + told + "; exit 3")
                .start()) {
            Node replica = deployment.shards().all().get(1).replicas().get(0);
            replica.control().orElseThrow().kill();
            assertThatThrownBy(() -> replica.control().orElseThrow().start(DEADLINE))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("exit code 3");
            theirReplica.control().orElseThrow().start(DEADLINE);
            Replication.awaitRunning(theirReplica, DEADLINE);
        }
        assertThat(told)
                .hasContent("shard2-node2\nshard2-node2 "
                        + second.primary().address().port());
    }

    private static void awaitConvergence() {
        theirs.all().forEach(set -> Replication.awaitConvergence(set, DEADLINE));
    }

    private void assertRefused(String shards, String... reasons) throws SQLException {
        ServerState before = ServerState.of(theirs.nodes());
        assertThatThrownBy(() -> topology(admin(), shards).start())
                .isInstanceOf(TopologyException.class)
                .hasMessageContainingAll(reasons);
        assertThat(ServerState.of(theirs.nodes())).isEqualTo(before);
    }

    private ExternalTopology topology(Credentials user, String shards, String... more) {
        Settings settings = ExternalTopologyFixture.settings(user, ExternalTopologyFixture.with(more, shards));
        return new ExternalTopology(
                settings, Map.of("MYSQL_PASSWORD", user.password().text()), console::add);
    }

    private static Credentials admin() {
        return first.primary().admin();
    }

    private static String all() {
        return TestServers.external(theirs).get(1);
    }

    private static String sets(String first, String second) {
        return "external.shards=" + first + "," + second;
    }

    private static String set(Node primary, Node replica) {
        return primary.address() + "+" + replica.address();
    }
}
