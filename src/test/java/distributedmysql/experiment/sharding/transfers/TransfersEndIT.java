package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.fault.Servers;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.Secret;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What ends otherwise; on servers where what is prepared stays attached to its session, as all did before MySQL 8.0.29. */
@OwnServers(shards = 2, replicas = 0, options = "--xa-detach-on-prepare=OFF")
class TransfersEndIT {
    private Shards shards;
    private TransferTurn turn;

    @BeforeEach
    void prepare(Deployment servers) {
        shards = servers.shards();
        PlayedTransfers.makeDatabases(shards);
    }

    @AfterEach
    void close() {
        turn.close();
        assertThat(prepared()).isZero();
    }

    @Test
    @DisplayName("Clients that wait for each other on two servers are rolled back, and nothing is lost by that")
    void fewAccounts() throws InterruptedException {
        turn = PlayedTransfers.turn(Way.XA, shards, 6, 60, 2);
        turn.prepare();
        PlayedTransfers.play(turn);
        turn.recover();
        turn.read();

        CheckResult result = turn.check();
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        assertThat(turn.known().count(TransferEnding.ROLLED_BACK)).isPositive();
    }

    @Test
    @DisplayName("A run that is interrupted leaves nothing prepared, and its check is unknown")
    void interrupted() throws InterruptedException {
        turn = PlayedTransfers.turn(Way.XA, shards, 1_000, 200, 20);
        turn.prepare();
        PlayedTransfers.play(turn);
        assertThat(prepared()).isEqualTo(30);

        turn.close();

        assertThat(prepared()).isZero();
        assertThat(turn.check().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(turn.goesOn()).isFalse();
    }

    @Test
    @DisplayName("What a run that was killed has left is rolled back by the next one, before it drops the tables")
    void nextRun() throws InterruptedException {
        TransferTurn killed = PlayedTransfers.turn(Way.XA, shards, 1_000, 200, 20);
        killed.prepare();
        PlayedTransfers.play(killed);
        assertThat(prepared()).isEqualTo(30);

        turn = PlayedTransfers.turn(Way.XA, shards, 1_000, 200, 20);
        turn.prepare();

        assertThat(prepared()).isZero();
        assertThat(turn.goesOn()).isTrue();
        killed.close();
    }

    @Test
    @DisplayName("A primary that is killed and comes back has what it had prepared, and nothing is lost")
    void killedPrimary() throws InterruptedException {
        turn = PlayedTransfers.turn(Way.XA, shards, 1_000, 200, 20);
        turn.prepare();
        Node primary = shards.all().get(1).primary();
        Thread load = new Thread(() -> play(turn), "load");
        load.start();
        Servers.await("kills of clients", () -> prepared() > 10, () -> prepared() + " prepared");
        primary.control().orElseThrow().kill();
        primary.control().orElseThrow().start(Servers.DEADLINE);
        Mysql.run(primary, "take writes", session -> {
            session.execute("SET GLOBAL super_read_only = OFF");
            session.execute("SET GLOBAL read_only = OFF");
        });
        load.join(Servers.DEADLINE.toMillis());
        turn.recover();
        turn.read();

        CheckResult result = turn.check();
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        assertThat(turn.known().count(TransferEnding.FAILED) + turn.known().count(TransferEnding.UNKNOWN))
                .isPositive();
    }

    private static void play(TransferTurn turn) {
        try {
            PlayedTransfers.play(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("Who recovers first has decided: the decision of a client that still lives fails")
    void decidedFirst() throws SQLException {
        turn = PlayedTransfers.turn(Way.XA, shards, 1_000, 200, 20);
        turn.prepare();
        Decisions decisions = new Decisions(PlayedTransfers.DATABASE);
        try (Mysql recovery = Mysql.open(shards.all().get(0).primary());
                Mysql client = Mysql.open(shards.all().get(0).primary())) {
            decisions.commit(client, 1);
            assertThat(decisions.commits(recovery, 1)).isTrue();

            assertThat(decisions.commits(recovery, 2)).isFalse();
            assertThatThrownBy(() -> decisions.commit(client, 2)).isInstanceOf(SQLException.class);
            assertThat(decisions.commits(recovery, 2)).isFalse();
        }
    }

    @Test
    @DisplayName("Without the privilege to clean up nothing is played, and the privilege is named")
    void privilege() {
        turn = PlayedTransfers.turn(Way.XA, shards, 1_000, 200, 20);
        Node primary = shards.all().get(0).primary();
        Mysql.execute(primary, "CREATE USER IF NOT EXISTS few@'%' IDENTIFIED BY 'few'");
        Node asFew = new Node(
                primary.name(),
                primary.address(),
                primary.version(),
                primary.serverUuid(),
                new Credentials("few", new Secret("few")),
                primary.load(),
                Optional.empty());
        try {
            assertThat(Prepared.impossible(asFew))
                    .hasValueSatisfying(why -> assertThat(why).endsWith("few lacks XA_RECOVER_ADMIN there"));
            assertThat(Prepared.impossible(primary)).isEmpty();
        } finally {
            Mysql.execute(primary, "DROP USER few@'%'");
        }
    }

    private int prepared() {
        return shards.all().stream()
                .map(ReplicaSet::primary)
                .map(primary -> Mysql.texts(primary, "XA RECOVER"))
                .mapToInt(List::size)
                .sum();
    }
}
