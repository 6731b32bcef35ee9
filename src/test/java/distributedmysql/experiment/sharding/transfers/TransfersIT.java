package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.sharding.transfers.TransfersSection.KilledAt;
import distributedmysql.experiment.sharding.transfers.TransfersSection.WayReport;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Shards;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Both ways on two real shards with a replica each, with 50 kills, and then what somebody plants by hand. */
@OwnServers(shards = 2)
class TransfersIT {
    private static final int KILLS = 50;

    private static final Map<Way, TransferTurn> TURNS = new EnumMap<>(Way.class);
    private static Shards shards;

    @BeforeAll
    static void play(Deployment servers) throws InterruptedException {
        shards = servers.shards();
        PlayedTransfers.makeDatabases(shards);
        for (Way way : Way.values()) {
            TransferTurn turn = PlayedTransfers.turn(way, shards, 1_000, 600, KILLS);
            TURNS.put(way, turn);
            turn.prepare();
            PlayedTransfers.play(turn);
            turn.recover();
            turn.read();
        }
    }

    @Test
    @DisplayName(
            "Without protection, exactly the amounts of the transfers whose client was killed between the commits are lost")
    void unprotected() {
        WayReport report = report(Way.UNPROTECTED);
        List<Integer> killed = TURNS.get(Way.UNPROTECTED).known().ended().stream()
                .filter(ended -> ended.killedAt(KillPoint.BETWEEN_COMMITS))
                .map(ended -> ended.transfer().number())
                .sorted()
                .toList();

        assertVerdict(Way.UNPROTECTED, Verdict.VALID, "");
        assertThat(report.killed()).containsExactly(new KilledAt("between the two commits", KILLS));
        assertThat(report.lostTransfers())
                .extracting(TransfersSection.HalfTransfer::number)
                .hasSize(KILLS)
                .containsExactlyElementsOf(killed);
        assertThat(report.sumBefore() - report.sumAfter())
                .isEqualTo(report.lost())
                .isEqualTo(killed.stream().mapToLong(Integer::longValue).sum());
        assertPlausible(report);
    }

    @Test
    @DisplayName(
            "With XA the sum is conserved: what was decided is committed by the recovery, and the rest rolled back")
    void xa() {
        WayReport report = report(Way.XA);

        assertVerdict(Way.XA, Verdict.VALID, "");
        assertThat(report.killed())
                .containsExactly(
                        new KilledAt("between prepare and decision", KILLS / 2),
                        new KilledAt("between the two commits", KILLS / 2));
        assertThat(report.sumAfter()).isEqualTo(report.sumBefore());
        assertThat(report.halfTransfers()).isZero();
        assertThat(report.recovery().micros()).isPositive();
        assertThat(List.of(
                        report.recovery().branches(),
                        report.recovery().committed(),
                        report.recovery().rolledBack()))
                .as("a killed client leaves both branches prepared, or the one that it has not committed")
                .containsExactly(2 * KILLS / 2 + KILLS / 2, KILLS / 2, KILLS / 2);
        assertPlausible(report);
    }

    private static void assertPlausible(WayReport report) {
        assertThat(report.acknowledged()).isGreaterThan(400);
        assertThat(report.failed()).isZero();
        assertThat(report.unknown()).isZero();
        assertThat(report.perSecond()).isPositive();
        assertThat(report.perSecondWithKills()).isPositive();
        assertThat(report.micros().p50()).isPositive();
    }

    @Test
    void everyServerIsRead() {
        TURNS.values()
                .forEach(turn -> assertThat(turn.known().contents())
                        .extracting(ShardContents::node)
                        .containsExactlyElementsOf(
                                shards.nodes().stream().map(Node::name).toList()));
    }

    @Test
    @DisplayName("A half of an acknowledged transfer that somebody deletes is named")
    void deletedHalf() {
        for (Way way : Way.values()) {
            Transfer transfer = acknowledged(way);
            Half half = transfer.credit();
            String table = TURNS.get(way).tables().halves();
            Node primary = primary(transfer.to());

            Mysql.execute(primary, "DELETE FROM " + table + " WHERE transfer_number = " + half.number());
            assertVerdict(way, Verdict.INVALID, transfer + ", acknowledged: only its debit is there; ");
            Mysql.execute(
                    primary,
                    "INSERT INTO " + table + " VALUES (?, ?, ?)",
                    half.number(),
                    half.account(),
                    half.amount());
            assertVerdict(way, Verdict.VALID, "");
        }
    }

    @Test
    @DisplayName("An amount that somebody changes is named")
    void changedAmount() {
        Transfer transfer = acknowledged(Way.XA);
        Node primary = primary(transfer.from());
        String change = "UPDATE " + TURNS.get(Way.XA).tables().halves() + " SET amount = ? WHERE transfer_number = ?";

        Mysql.execute(primary, change, -5_000_000, transfer.number());
        assertVerdict(
                Way.XA,
                Verdict.INVALID,
                transfer + ", acknowledged: shard" + (transfer.from().shard() + 1) + " has -5000000 for account "
                        + transfer.from().id() + ", which is no half of it; ");
        Mysql.execute(primary, change, -transfer.amount(), transfer.number());
        assertVerdict(Way.XA, Verdict.VALID, "");
    }

    @Test
    @DisplayName("An account that is on both shards, or on the wrong one alone, is named")
    void misplacedAccount() {
        Account account = acknowledged(Way.XA).from();
        Account elsewhere = new Account(account.id(), 1 - account.shard());
        String accounts = TURNS.get(Way.XA).tables().accounts();
        String balance =
                Mysql.text(primary(account), "SELECT balance FROM " + accounts + " WHERE account_id = ?", account.id());
        String add = "INSERT INTO " + accounts + " VALUES (?, ?)";
        String remove = "DELETE FROM " + accounts + " WHERE account_id = ?";

        Mysql.execute(primary(elsewhere), add, account.id(), balance);
        assertVerdict(Way.XA, Verdict.INVALID, elsewhere + " does not belong there; ");
        Mysql.execute(primary(account), remove, account.id());
        assertThat(verdict(Way.XA).evidence())
                .contains(account + " is not there; ", elsewhere + " does not belong there; ");
        Mysql.execute(primary(account), add, account.id(), balance);
        Mysql.execute(primary(elsewhere), remove, account.id());
        assertVerdict(Way.XA, Verdict.VALID, "");
    }

    @Test
    @DisplayName("A transfer whose halves are each on the other's shard is named")
    void misplacedHalves() {
        Transfer transfer = acknowledged(Way.XA);
        Half onFirst = transfer.from().shard() == 0 ? transfer.debit() : transfer.credit();
        Half onSecond = transfer.from().shard() == 0 ? transfer.credit() : transfer.debit();

        replace(onFirst, onSecond);
        assertVerdict(
                Way.XA,
                Verdict.INVALID,
                transfer + ", acknowledged: shard1 has " + onSecond.words() + ", which is no half of it; ");
        replace(onSecond, onFirst);
        assertVerdict(Way.XA, Verdict.VALID, "");
    }

    /** The second takes the place of the first on the first shard, and the other way round. */
    private static void replace(Half first, Half second) {
        String replace = "REPLACE INTO " + TURNS.get(Way.XA).tables().halves() + " VALUES (?, ?, ?)";
        Mysql.execute(shards.all().get(0).primary(), replace, second.number(), second.account(), second.amount());
        Mysql.execute(shards.all().get(1).primary(), replace, first.number(), first.account(), first.amount());
    }

    @Test
    @DisplayName(
            "A prepared transaction that is left is named, on the replica too; a recovery rolls it back, and leaves others' alone")
    void leftPrepared() {
        TransferTurn turn = TURNS.get(Way.XA);
        Transfer transfer = new Transfer(
                999_999, turn.known().accounts().get(0), acknowledged(Way.XA).to());
        Node primary = primary(transfer.from());
        Xid xid = new Xid(
                PlayedTransfers.DATABASE, transfer.number(), transfer.from().shard());
        String others = "'somebody else'";
        prepare(primary, xid.sql(), transfer.debit());
        prepare(
                primary,
                others,
                new Half(999_998, turn.known().accounts().get(1).id(), 1));

        assertVerdict(
                Way.XA,
                Verdict.INVALID,
                "transfer 999999 is still prepared on " + primary.name() + "; transfer"
                        + " 999999 is still prepared on " + primary.name().replace("node1", "node2") + "; ");
        turn.recover();
        assertVerdict(Way.XA, Verdict.VALID, "");
        assertThat(Mysql.texts(primary, "XA RECOVER")).hasSize(1);
        Mysql.execute(primary, "XA ROLLBACK " + others);
    }

    private static void prepare(Node primary, String xid, Half half) {
        Mysql.run(primary, "prepare " + xid, session -> {
            session.execute("XA START " + xid);
            TURNS.get(Way.XA).tables().add(session, half);
            session.execute("XA END " + xid);
            session.execute("XA PREPARE " + xid);
        });
    }

    private static Transfer acknowledged(Way way) {
        return TURNS.get(way).known().ended().stream()
                .filter(ended -> ended.ending() == TransferEnding.ACKNOWLEDGED)
                .map(Ended::transfer)
                .findFirst()
                .orElseThrow();
    }

    private static Node primary(Account account) {
        return shards.all().get(account.shard()).primary();
    }

    private static WayReport report(Way way) {
        return TURNS.get(way).report().orElseThrow();
    }

    /** @param evidence how it begins */
    private static void assertVerdict(Way way, Verdict verdict, String evidence) {
        CheckResult result = verdict(way);
        assertThat(result.evidence()).startsWith(evidence);
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(verdict);
    }

    private static CheckResult verdict(Way way) {
        TURNS.get(way).read();
        return TURNS.get(way).check();
    }
}
