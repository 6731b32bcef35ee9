package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.fault.KillAndRestart;
import distributedmysql.fault.Servers;
import distributedmysql.fault.StopReplicationThread;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.replicator.CommandedFailover;
import distributedmysql.topology.replicator.FailoverOptions;
import distributedmysql.topology.replicator.SemiSync;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A shard's primary is killed while transfers with XA are prepared on it, and its replica is promoted. MySQL promises that a replica that
 * has received {@code XA PREPARE} has the transaction prepared too, because it is in the binary log
 * (https://dev.mysql.com/doc/refman/8.0/en/xa-restrictions.html); what it has not received is gone with the primary, as with any other
 * transaction.
 */
class PromotedShardIT {
    /** The shard whose primary is killed. */
    private static final int KILLED = 1;

    private static final int PREPARED = 30;

    private Shards shards;
    private ReplicaSet killed;
    private TransferTurn turn;

    @BeforeEach
    void prepare(Deployment servers) {
        shards = servers.shards();
        killed = shards.all().get(KILLED);
        PlayedTransfers.makeDatabases(shards);
        turn = PlayedTransfers.turn(Way.XA, shards, 1_000, 400, 20);
        turn.prepare();
    }

    @AfterEach
    void close() {
        turn.close();
    }

    @Test
    @OwnServers(shards = 2)
    @DisplayName(
            "What was prepared on the dead primary is prepared on the promoted one, and recovery resolves it there")
    void resolvedOnTheNewPrimary() throws InterruptedException {
        PlayedTransfers.play(turn);
        Node former = killed.primary();
        List<String> before = prepared();
        Replication.awaitConvergence(killed, Servers.DEADLINE);
        CommandedFailover failover = failover(Optional.empty());

        promote(failover);

        assertThat(before).isNotEmpty();
        assertThat(killed.primary()).isNotEqualTo(former);
        assertThat(prepared()).containsExactlyInAnyOrderElementsOf(before);
        assertWhole(failover, former);
        assertThat(turn.report().orElseThrow().recovery().branches()).isEqualTo(PREPARED);
    }

    @Test
    @Tag("nightly")
    @OwnServers(shards = 2)
    @DisplayName(
            "Under load the same loses nothing where a prepare is acknowledged by the replica first (semi-synchronous)")
    void underLoad() throws InterruptedException {
        SemiSync semiSync =
                SemiSync.enable(killed, ReplicationMode.AFTER_SYNC, Duration.ofMinutes(10), Servers.DEADLINE);
        CommandedFailover failover = failover(Optional.of(semiSync));
        Node former = killed.primary();
        Thread load = new Thread(() -> play(turn), "load");
        load.start();
        Servers.await(
                "kills of clients",
                () -> prepared().size() > 5,
                () -> prepared().size() + " prepared");

        promote(failover);
        load.join(Servers.DEADLINE.toMillis());

        assertThat(killed.primary()).isNotEqualTo(former);
        assertWhole(failover, former);
        assertThat(turn.known().count(TransferEnding.FAILED) + turn.known().count(TransferEnding.UNKNOWN))
                .isPositive();
    }

    @Test
    @Tag("nightly")
    @OwnServers(shards = 2)
    @DisplayName("What the replica has not received is lost, and each transfer that is half done by that is named")
    void neverReceived() throws InterruptedException {
        Replication.awaitConvergence(killed, Servers.DEADLINE);
        StopReplicationThread.receiver(killed.replicas().get(0)).inject();
        PlayedTransfers.play(turn);
        Node former = killed.primary();
        CommandedFailover failover = failover(Optional.empty());

        promote(failover);
        recover(failover, former);
        CheckResult result = turn.check();
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.INVALID);
        Findings findings = new Findings(turn.known());
        assertThat(findings.wrong())
                .filteredOn(wrong -> wrong.contains("acknowledged: only its"))
                .hasSize((int) turn.known().count(TransferEnding.ACKNOWLEDGED));
    }

    private CommandedFailover failover(Optional<SemiSync> semiSync) {
        return new CommandedFailover(killed, FailoverOptions.defaults(), new RunClock(), semiSync);
    }

    private void promote(CommandedFailover failover) {
        new KillAndRestart(killed, killed.primary()).inject();
        failover.promote(failover.awaitDeath(Servers.DEADLINE));
    }

    private void recover(CommandedFailover failover, Node former) {
        turn.recover();
        assertThat(prepared()).isEmpty();
        failover.bringBack(former, Servers.DEADLINE);
        turn.read();
    }

    private void assertWhole(CommandedFailover failover, Node former) {
        recover(failover, former);
        CheckResult result = turn.check();
        System.out.println(result.evidence());
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        assertThat(turn.known().sumAfter()).isEqualTo(turn.known().sumBefore());
    }

    /** On the shard's present primary. */
    private List<String> prepared() {
        return Mysql.ask(
                killed.primary(),
                "list what is prepared",
                session -> session.rows("XA RECOVER CONVERT XID", row -> row.getString("data")));
    }

    private static void play(TransferTurn turn) {
        try {
            PlayedTransfers.play(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
