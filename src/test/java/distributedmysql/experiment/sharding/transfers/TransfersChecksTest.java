package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransfersChecksTest {
    private final KnownTransfers unprotected = new KnownTransfers(Way.UNPROTECTED);
    private final KnownTransfers xa = new KnownTransfers(Way.XA);

    @Test
    @DisplayName("Without protection, what a killed client had in flight is lost, and named")
    void unprotectedIsValid() {
        assertResult(
                unprotected,
                Verdict.VALID,
                "6 transfers: 2 acknowledged, 1 rolled back, 1 failed, 1 of unknown end, 1 killed between the two"
                        + " commits; the sum is 394 after 400; lost by 1 half transfer: 6 of 6");
    }

    @Test
    void xaIsValid() {
        assertResult(
                xa,
                Verdict.VALID,
                "7 transfers: 2 acknowledged, 1 rolled back, 1 failed, 1 of unknown end, 1 killed between prepare and"
                        + " decision, 1 killed between the two commits; the sum is 400 after 400");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("A half of an acknowledged transfer that is missing is named, in both ways")
    void acknowledgedIsHalfDone(Way way) {
        KnownTransfers known = new KnownTransfers(way);
        known.remove(KnownTransfers.THREE, new Half(1, 3, 1));

        assertInvalid(
                known,
                "transfer 1 of 1 from account 1 on shard1 to account 3 on shard2, acknowledged: only its debit is there; ");
    }

    @Test
    @DisplayName(
            "A killed transfer must be as its point of kill says: half without protection, and whole or absent with XA")
    void killedIsOtherwise() {
        unprotected.add(KnownTransfers.THREE, new Half(6, 3, 6));
        assertInvalid(
                unprotected,
                "transfer 6 of 6 from account 2 on shard1 to account 3 on shard2, killed between the two commits: both"
                        + " halves of it are there; ");

        xa.remove(KnownTransfers.THREE, new Half(6, 3, 6));
        assertInvalid(
                xa,
                "transfer 6 of 6 from account 2 on shard1 to account 3 on shard2, killed between the two"
                        + " commits: only its debit is there; ");
        xa.remove(KnownTransfers.TWO, new Half(6, 2, -6));
        assertInvalid(
                xa,
                "transfer 6 of 6 from account 2 on shard1 to account 3 on shard2, killed between the two"
                        + " commits: nothing of it is there; ");
    }

    @Test
    void undecidedIsThere() {
        xa.add(KnownTransfers.ONE, new Half(7, 1, 7));

        assertInvalid(
                xa,
                "transfer 7 of 7 from account 3 on shard2 to account 1 on shard1, killed between prepare and"
                        + " decision: only its credit is there; ");
    }

    @Test
    @DisplayName("A transfer whose end nobody knows may be half done without protection, but not with XA")
    void unknownEnd() {
        unprotected.add(KnownTransfers.THREE, new Half(5, 3, -5));
        assertResult(
                unprotected,
                Verdict.VALID,
                "6 transfers: 2 acknowledged, 1 rolled back, 1 failed, 1 of unknown end, 1 killed between the two"
                        + " commits; the sum is 389 after 400; lost by 2 half transfers: 5 of 5, 6 of 6");

        xa.add(KnownTransfers.THREE, new Half(5, 3, -5));
        assertInvalid(
                xa,
                "transfer 5 of 5 from account 3 on shard2 to account 2 on shard1, of unknown end: only its"
                        + " debit is there; ");
    }

    @ParameterizedTest
    @CsvSource({"3, rolled back", "4, failed"})
    void absentIsThere(int number, String ending) {
        xa.add(KnownTransfers.FOUR, new Half(number, 4, number));

        assertInvalid(
                xa,
                "transfer %d of %d from account 1 on shard1 to account 4 on shard2, %s: only its credit is there; "
                        .formatted(number, number, ending));
    }

    @Test
    @DisplayName("A half with another amount, on another shard or of a transfer that nobody has sent is named")
    void foreignHalves() {
        unprotected.remove(KnownTransfers.ONE, new Half(1, 1, -1));
        unprotected.add(KnownTransfers.ONE, new Half(1, 1, -3));
        assertInvalid(
                unprotected,
                "transfer 1 of 1 from account 1 on shard1 to account 3 on shard2, acknowledged:"
                        + " shard1 has -3 for account 1, which is no half of it; ");

        xa.add(KnownTransfers.FOUR, new Half(99, 4, 99));
        assertInvalid(xa, "shard2 has 99 for account 4, and nobody has sent transfer 99; ");
    }

    @Test
    void doubled() {
        xa.add(KnownTransfers.THREE, new Half(1, 3, 1));

        assertInvalid(
                xa,
                "transfer 1 of 1 from account 1 on shard1 to account 3 on shard2, acknowledged: shard2 has 1"
                        + " for account 3, which is no half of it; ");
    }

    @Test
    @DisplayName(
            "A balance that is not what the halves make is named with its account, and so is one that is missing or too many")
    void balances() {
        xa.balances.merge(2L, 10L, Long::sum);
        assertInvalid(
                xa,
                "account 2 on shard1 has 106, and its halves of transfers make 96; the sum of all balances is"
                        + " 410 and not 400; ");

        KnownTransfers missing = new KnownTransfers(Way.XA);
        missing.balances.remove(4L);
        assertInvalid(missing, "account 4 on shard2 is not there; ");
    }

    @Test
    void prepared() {
        xa.prepared.put("shard2-node2", List.of(new Xid("game", 7, 1)));

        assertInvalid(xa, "transfer 7 is still prepared on shard2-node2; ");
    }

    @Test
    void replicaDiffers() {
        xa.otherwise.put("shard1-node2", List.of());

        assertInvalid(xa, "transfer 1 is not the same on shard1-node2 as on shard1-node1; ");
    }

    @Test
    @DisplayName("Ten are named, and the others counted")
    void many() {
        for (int number = 101; number <= 112; number++) {
            unprotected.dies(
                    new Transfer(number, KnownTransfers.ONE, KnownTransfers.FOUR),
                    KillPoint.BETWEEN_COMMITS,
                    Shape.DEBIT);
        }
        CheckResult result = TransfersChecks.check(unprotected.record());

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .endsWith(
                        "lost by 13 half transfers: 6 of 6, 101 of 101, 102 of 102, 103 of 103, 104 of 104, 105 of 105,"
                                + " 106 of 106, 107 of 107, 108 of 108, 109 of 109, and 3 more");
    }

    @Test
    @DisplayName("Without a kill at each point, or an acknowledgement, nothing is proven")
    void tooLittle() {
        xa.ended.remove(7);
        assertUnknown(xa, "no client was killed between prepare and decision; 6 transfers: ");

        KnownTransfers silent = new KnownTransfers(Way.UNPROTECTED);
        for (int number = 1; number <= 2; number++) {
            Transfer transfer = silent.ended.get(number).transfer();
            silent.ended.put(number, Ended.of(transfer, TransferEnding.FAILED));
            silent.remove(transfer.from(), transfer.debit());
            silent.remove(transfer.to(), transfer.credit());
        }
        assertUnknown(silent, "no transfer was acknowledged; 6 transfers: ");
    }

    @Test
    @DisplayName("What was not read makes it unknown, but what is wrong on what was read is wrong")
    void unread() {
        xa.problem = "shard2-node2 does not answer";
        xa.unread.add("shard2-node2");
        assertUnknown(xa, "shard2-node2 does not answer; 7 transfers: ");
        assertThat(TransfersChecks.check(xa.record()).doubt()).isEqualTo(Doubt.SERVERS_FAILED);

        xa.remove(KnownTransfers.THREE, new Half(1, 3, 1));
        assertInvalid(xa, "transfer 1 of 1 from account 1 on shard1 ");

        xa.unread.add("shard2-node1");
        assertUnknown(xa, "shard2-node2 does not answer; 7 transfers: ");
    }

    private static void assertInvalid(KnownTransfers known, String evidence) {
        CheckResult result = TransfersChecks.check(known.record());
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith(evidence);
    }

    private static void assertUnknown(KnownTransfers known, String evidence) {
        CheckResult result = TransfersChecks.check(known.record());
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).startsWith(evidence);
    }

    private static void assertResult(KnownTransfers known, Verdict verdict, String evidence) {
        CheckResult result = TransfersChecks.check(known.record());
        assertThat(result.evidence()).isEqualTo(evidence);
        assertThat(result.verdict()).isEqualTo(verdict);
    }
}
