package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import distributedmysql.topology.external.ServerState;
import io.gatling.javaapi.core.Simulation;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A user of servers of a test's own who may only read, and there the database {@code shop} of somebody else. */
record Reader(ReplicaSet servers) {
    static final String PASSWORD = "reads-only-5b1f";
    static final String NEEDS_WRITES = "it needs writes, and external.read-only = true";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    static Reader create(ReplicaSet servers) throws SQLException {
        TestSql.execute(
                servers.primary(),
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY, total DECIMAL(10, 2))",
                "INSERT INTO shop.orders VALUES (1, 9.90), (2, 19.90), (3, 0.50)",
                "CREATE TABLE shop.events (text VARCHAR(100))",
                "INSERT INTO shop.events VALUES ('opened'), ('opened'), ('closed')",
                "CREATE USER reader IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT REPLICATION CLIENT ON *.* TO reader",
                "GRANT SELECT ON performance_schema.* TO reader",
                "GRANT SELECT ON shop.* TO reader");
        Reader reader = new Reader(servers);
        reader.awaitConvergence();
        return reader;
    }

    Node primary() {
        return servers.primary();
    }

    Node replica() {
        return servers.replicas().get(0);
    }

    void awaitConvergence() {
        Replication.awaitConvergence(servers, DEADLINE);
    }

    /** The servers are afterwards as they were: transactions, rows, accounts, databases, variables. */
    PlayedRun playWritingNothing(Simulations simulations, Class<? extends Simulation> simulation, String... settings)
            throws Exception {
        awaitConvergence();
        ServerState before = ServerState.of(servers.nodes());
        PlayedRun ended = play(simulations, simulation, settings);
        assertThat(ServerState.of(servers.nodes())).as(ended.output()).isEqualTo(before);
        return ended;
    }

    PlayedRun play(Simulations simulations, Class<? extends Simulation> simulation, String... settings)
            throws Exception {
        try (SimulationProcess process = start(simulations, simulation, settings)) {
            return process.end();
        }
    }

    SimulationProcess start(Simulations simulations, Class<? extends Simulation> simulation, String... settings)
            throws IOException {
        List<String> all = new ArrayList<>(TestServers.external(servers));
        all.addAll(List.of(
                "external.user=reader",
                "external.read-only=true",
                "connection.pool-size=10",
                "consistency.duration=2s",
                "connections.steps=2,4"));
        all.addAll(List.of(settings));
        return simulations.startAs(PASSWORD, simulation, all.toArray(String[]::new));
    }

    void onReplica(String statement) throws SQLException {
        TestSql.execute(replica(), "SET GLOBAL super_read_only = OFF", statement, "SET GLOBAL super_read_only = ON");
    }

    /** Past the binary log. */
    void onReplicaOnly(String statement) throws SQLException {
        TestSql.execute(
                replica(),
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                statement,
                "SET GLOBAL super_read_only = ON");
    }
}
