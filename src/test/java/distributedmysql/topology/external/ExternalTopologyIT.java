package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Ports;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is not as described is an error before anything is written, and leaves the servers as they were. */
@OwnServers(replicas = 2)
class ExternalTopologyIT extends ExternalTopologyFixture {
    @Test
    void whoIsWhatIsFoundAndSaid() throws Exception {
        ServerState before = state();
        ReplicaSet found =
                topology(admin(), servers(primary, replica, second)).start().replicaSet();

        assertThat(found.primary().serverUuid()).isEqualTo(primary.serverUuid());
        assertThat(found.replicas())
                .extracting(Node::serverUuid)
                .containsExactly(replica.serverUuid(), second.serverUuid());
        assertThat(found.nodes()).allMatch(node -> node.control().isEmpty());
        assertThat(String.join("\n", console))
                .contains("primary " + primary.address() + ": MySQL " + primary.version() + ", server_uuid "
                        + primary.serverUuid())
                .contains("writes only into the database " + DATABASE, "drops at the end")
                .doesNotContain("warning")
                .doesNotContain(admin().password().text());
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aReplicaDescribedAsThePrimaryIsRefused() throws Exception {
        assertRefused(
                admin(),
                servers(replica, primary),
                "is read-only and replicates from " + primary.address(),
                "external.primary");
    }

    @Test
    void aWritableReplicaDescribedAsThePrimaryIsRefused() throws Exception {
        Replication.setReadOnly(replica, false);
        try {
            assertRefused(admin(), servers(replica, second), "takes writes and replicates from " + primary.address());
        } finally {
            Replication.setReadOnly(replica, true);
        }
    }

    @Test
    void aPromotedPrimaryThatStillHasASourceIsAPrimary() throws Exception {
        Replication.stopThreads(replica);
        Replication.setReadOnly(replica, false);
        Replication.follow(second, replica, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
        try {
            assertThat(topology(admin(), servers(replica, second))
                            .start()
                            .replicaSet()
                            .primary()
                            .serverUuid())
                    .isEqualTo(replica.serverUuid());
        } finally {
            Replication.follow(second, primary, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
            Replication.setReadOnly(replica, true);
            Replication.startThreads(replica);
            Replication.awaitRunning(replica, DEADLINE);
        }
    }

    @Test
    void aPrimaryDescribedAsAReplicaIsRefused() throws Exception {
        Replication.forgetSource(second);
        Replication.setReadOnly(second, false);
        try {
            assertRefused(admin(), servers(primary, second), second.address() + "", "replicates from nobody");
        } finally {
            Replication.setReadOnly(second, true);
            Replication.follow(second, primary, replicaSet.replicationAccount().orElseThrow(), DEADLINE);
        }
    }

    @Test
    void aReplicaOfAnotherServerIsRefused() throws Exception {
        Credentials account = replicaSet.replicationAccount().orElseThrow();
        Replication.follow(second, replica, account, DEADLINE);
        try {
            assertRefused(
                    admin(),
                    servers(primary, second),
                    "replicates from " + replica.address() + " (server_uuid " + replica.serverUuid() + "), not from");
        } finally {
            Replication.follow(second, primary, account, DEADLINE);
        }
    }

    @Test
    void brokenReplicationIsRefusedWithItsError() throws Exception {
        TestSql.execute(
                replica,
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                "INSERT INTO theirs.t VALUES (77)",
                "SET GLOBAL super_read_only = ON");
        TestSql.execute(primary, "INSERT INTO theirs.t VALUES (77)");
        try {
            await(() -> !Replication.status(replica).sqlRunning());
            assertRefused(
                    admin(), servers(primary, replica), "does not run", "applier not running", "Duplicate entry '77'");
        } finally {
            TestSql.execute(
                    replica,
                    "SET GLOBAL super_read_only = OFF",
                    "SET sql_log_bin = 0",
                    "DELETE FROM theirs.t WHERE id = 77",
                    "SET GLOBAL super_read_only = ON");
            Replication.startApplier(replica);
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
    }

    @Test
    void anEndpointIsKnownByTheServerBehindIt() throws Exception {
        try (Endpoint writer = new Endpoint(primary.address());
                Endpoint reader = new Endpoint(replica.address());
                Endpoint both = new Endpoint(replica.address(), second.address())) {
            String[] endpoints = {"external.primary=" + writer.address(), "external.replicas=" + reader.address()};
            ReplicaSet found = topology(admin(), endpoints).start().replicaSet();
            assertThat(found.primary().serverUuid()).isEqualTo(primary.serverUuid());
            assertThat(found.replicas().get(0).serverUuid()).isEqualTo(replica.serverUuid());

            String[] same = {"external.primary=" + writer.address(), "external.replicas=" + primary.address()};
            assertRefused(admin(), same, writer.address() + " and " + primary.address() + " lead to one server");
            String[] several = {"external.primary=" + writer.address(), "external.replicas=" + both.address()};
            assertRefused(admin(), several, both.address() + ": leads to several servers", second.serverUuid());
        }
    }

    @Test
    void endpointsAreAskedWhereTheyLeadTo() throws Exception {
        String[] three = servers(primary, replica, second);
        try (Endpoint writer = new Endpoint(primary.address());
                Endpoint both = new Endpoint(replica.address(), second.address());
                Endpoint all = new Endpoint(replica.address(), second.address(), primary.address())) {
            Deployment deployment =
                    topology(admin(), endpoints(three, writer, both)).start();
            assertThat(deployment.endpoints())
                    .extracting(endpoint -> endpoint.address().toString())
                    .containsExactly(writer.address(), both.address());
            assertThat(console)
                    .contains("external: the load goes through the writer endpoint (" + writer.address()
                            + "), which leads to node1 (" + primary.address() + ")")
                    .noneMatch(line -> line.contains("endpoint roles"));

            topology(admin(), endpoints(three, writer, all)).start();
            assertThat(console)
                    .contains("external: warning: the reader endpoint (" + all.address() + ") also leads to node1 ("
                            + primary.address()
                            + "), which is no replica; the check \"endpoint roles\" will be INVALID");
            assertRefused(
                    admin(),
                    endpoints(three, both, all),
                    "external.endpoints.writer = " + both.address() + ": leads to node2 (" + replica.address()
                            + "), which is not the primary");
            assertRefused(
                    admin(),
                    endpoints(servers(primary, replica), writer, both),
                    "external.endpoints.reader = " + both.address()
                            + ": leads to a server that is none of external.primary"
                            + " and external.replicas: server_uuid " + second.serverUuid() + ", which calls itself ",
                    ":" + second.address().port());
        }
    }

    @Test
    void anEndpointThatNobodyAnswersIsNamed() throws Exception {
        String nobody = "127.0.0.1:" + Ports.free();
        assertRefused(
                admin(),
                with(servers(primary, replica), "external.max-connections=1100", "external.endpoints.reader=" + nobody),
                "external.endpoints.reader = " + nobody + " as ",
                "nobody listens there");
    }

    private static String[] endpoints(String[] settings, Endpoint writer, Endpoint reader) {
        return with(
                settings,
                "external.max-connections=1100",
                "external.endpoints.writer=" + writer.address(),
                "external.endpoints.reader=" + reader.address());
    }

    @Test
    void whatWouldSpoilTheResultIsWarnedAbout() throws Exception {
        Replication.setReadOnly(replica, false);
        try {
            topology(
                            admin(),
                            with(
                                    servers(primary, replica),
                                    "connection.pool-size=1000",
                                    "external.max-connections=1100"))
                    .start();
        } finally {
            Replication.setReadOnly(replica, true);
        }
        assertThat(String.join("\n", console))
                .contains("warning: " + primary.address() + ": max_connections = 600: this profile may need 1020")
                .contains("warning: " + primary.address() + ": max_prepared_stmt_count = 16382")
                .contains("warning: " + replica.address() + ": super_read_only = OFF");
    }

    @Test
    void serversAreHarmedOnlyByTheUsersOwnCommands() throws Exception {
        Path told = directory.resolve("told");
        long pid = second.control().orElseThrow().pid().orElseThrow();
        ReplicaSet found = topology(
                        admin(),
                        with(
                                servers(primary, second),
                                "external.allow-faults=true",
                                "external.hooks.kill=echo $NODE_NAME $NODE_HOST $NODE_PORT >" + told + "; kill -9 "
                                        + pid,
                                "external.hooks.start=exit 3"))
                .start()
                .replicaSet();
        Node same = found.replicas().get(0);
        same.control().orElseThrow().kill();

        assertThat(told).hasContent("node2 127.0.0.1 " + second.address().port() + "\n");
        assertThat(same.control().orElseThrow().isAlive()).isFalse();
        assertThatThrownBy(() -> same.control().orElseThrow().start(DEADLINE))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("external.hooks.start = exit 3: exit code 3");
        second.control().orElseThrow().start(DEADLINE);
        Replication.awaitRunning(second, DEADLINE);
        assertThat(same.control().orElseThrow().isAlive()).isTrue();
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(DEADLINE)
                .untilAsserted(() -> assertThat(condition.getAsBoolean())
                        .as("%s", Replication.status(replica))
                        .isTrue());
    }
}
