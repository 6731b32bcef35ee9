package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import distributedmysql.backup.Witness.Stop;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.SpareServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OwnServers
@DisplayName("A witness holds exactly what its source held at a position")
class WitnessIT {
    private ReplicaSet servers;
    private Node primary;
    private Credentials account;
    private SpareServers spares;

    @BeforeEach
    void ask(Deployment deployment) {
        servers = deployment.replicaSet();
        primary = servers.primary();
        account = servers.replicationAccount().orElseThrow();
        spares = deployment.spares();
        Mysql.execute(primary, "DROP DATABASE IF EXISTS backup_it");
    }

    private Witness of(Node source) {
        return Witness.of(source, account, spares, Backups.LIMIT);
    }

    private static void more(NumberedWrites writes) {
        long then = writes.count();
        await().until(() -> writes.count() > then + 200);
    }

    private static GtidSet upTo(Gtid gtid) {
        return new GtidSet.Builder().add(gtid.source(), 1, gtid.number()).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "replica"})
    @DisplayName("At later positions one after the other, and at an earlier one again, under writers")
    void atPositions(String role) throws Exception {
        NumberedWrites writes = NumberedWrites.start(() -> primary, 4);
        try (NumberedWrites running = writes) {
            more(running);
            Node source = role.equals("primary") ? primary : servers.replicas().get(0);
            await().until(() -> NumberedWrites.areOn(source));
            try (Witness witness = of(source)) {
                GtidSet copied = GtidSet.executed(source);
                more(running);
                List<Gtid> later = running.gtids().stream()
                        .filter(gtid -> !copied.contains(gtid))
                        .toList();
                for (double place : new double[] {0.1, 0.5, 0.9, 0.3}) {
                    GtidSet position = upTo(later.get((int) (place * later.size())));
                    Node there = witness.at(List.of(new Stop(position, source)));
                    assertThat(GtidSet.executed(there)).isEqualTo(position);
                    assertThat(NumberedWrites.idsOn(there)).isEqualTo(running.idsIn(position));
                }
            }
        }
    }

    @Test
    @DisplayName("Where the source's binary log has something else in between, the difference is named")
    void notExactly() throws Exception {
        try (NumberedWrites running = NumberedWrites.start(() -> primary, 1);
                Witness witness = of(primary)) {
            GtidSet copied = GtidSet.executed(primary);
            more(running);
            List<Gtid> later = running.gtids().stream()
                    .filter(gtid -> !copied.contains(gtid))
                    .toList();
            Gtid leftOut = later.get(20);
            GtidSet position = upTo(later.get(50)).minus(GtidSet.of(leftOut));
            assertThatThrownBy(() -> witness.at(List.of(new Stop(position, primary))))
                    .isInstanceOf(BackupException.class)
                    .hasMessage("the witness cannot be brought to exactly the position; missing: nothing; beyond it: "
                            + leftOut);
            GtidSet next = upTo(later.get(60));
            assertThat(GtidSet.executed(witness.at(List.of(new Stop(next, primary)))))
                    .isEqualTo(next);
        }
    }

    @Test
    @DisplayName("A replica that lags is waited for; that one has not received the position is told at once")
    void laggingSource() throws Exception {
        Node replica = servers.replicas().get(0);
        try (Witness witness = of(replica)) {
            delay(replica, 2);
            Mysql.execute(primary, "CREATE DATABASE backup_it");
            Stop delayed = new Stop(GtidSet.executed(primary), replica);
            assertThat(GtidSet.executed(witness.at(List.of(delayed)))).isEqualTo(delayed.gtids());

            Replication.stopReceiver(replica);
            Mysql.execute(primary, "DROP DATABASE backup_it");
            Stop lacking = new Stop(GtidSet.executed(primary), replica);
            assertThatThrownBy(() -> witness.at(List.of(lacking)))
                    .isInstanceOf(TopologyException.class)
                    .hasMessage(replica + ": cannot be followed to the position; it lacks "
                            + lacking.gtids().minus(delayed.gtids()));
        } finally {
            delay(replica, 0);
        }
    }

    private static void delay(Node replica, int seconds) {
        Replication.stopThreads(replica);
        Mysql.execute(replica, "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = " + seconds);
        Replication.startThreads(replica);
    }

    @Test
    void positionBeforeTheCopy() throws Exception {
        GtidSet early = upTo(new Gtid(primary.serverUuid(), 1));
        try (Witness witness = of(primary)) {
            assertThatThrownBy(() -> witness.at(List.of(new Stop(early, primary))))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("is not of before the position; beyond it: " + primary.serverUuid() + ":2-");
        }
    }

    @Test
    @DisplayName("That binary logs are purged is told at once, with the server's reason")
    void purged() throws Exception {
        try (Witness witness = of(primary)) {
            Mysql.execute(primary, "CREATE DATABASE backup_it");
            GtidSet position = GtidSet.executed(primary);
            assertThat(Mysql.text(
                            servers.replicas().get(0), "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, 60)", position.toString()))
                    .isEqualTo("0");
            PurgedLogs.all(primary);
            assertThatThrownBy(() -> witness.at(List.of(new Stop(position, primary))))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("cannot follow: ")
                    .hasMessageContaining("purged");
        }
    }

    @Test
    void nothingIsLeft() throws Exception {
        Path run = spares.newPath("x").getParent();
        try (Witness witness = of(primary)) {
            witness.at(List.of(new Stop(GtidSet.executed(primary), primary)));
        }
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("witness"));
        }
    }
}
