package distributedmysql.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.mysql.GtidSet;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Write n has transaction 100 + n; 1 to 8 are acknowledged, 9 is of unknown outcome, 10 failed. Restored is until write 5. */
class RestoredLedgerTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final GtidSet UNTIL_5 = GtidSet.parse(UUID + ":1-105");
    private static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 0);
    private static final Completion REFUSED = new Completion(Outcome.FAIL, "HY000", 1290);

    private final Ledger ledger = new Ledger();

    @BeforeEach
    void record() {
        IntStream.rangeClosed(1, 8)
                .forEach(id -> ledger.write(new LedgerWrite(id, 1, 2, Completion.OK, UUID, UUID + ":" + (100 + id))));
        ledger.write(new LedgerWrite(9, 1, 2, BROKEN, ""));
        ledger.write(new LedgerWrite(10, 1, 2, REFUSED, ""));
    }

    @Test
    void valid() {
        CheckResult result = judge(1, 2, 3, 4, 5);
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo("5 rows there; acknowledged by then 5, later 3; of unknown outcome: 0 survived, 1 vanished");
    }

    @Test
    void unknownOutcomesMayBeThere() {
        CheckResult result = judge(1, 2, 3, 4, 5, 9);
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).endsWith("1 survived, 0 vanished");
    }

    @Test
    void lost() {
        CheckResult result = judge(1, 4, 5);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith("lost, although acknowledged by then: 2 (2-3); 3 rows there");
        assertThat(figures(UNTIL_5, 1, 4, 5).lost()).isEqualTo(new IdSet(2, "2-3"));
    }

    @Test
    void tooMuch() {
        CheckResult result = judge(1, 2, 3, 4, 5, 7);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith("acknowledged only later, and there: 1 (7); 6 rows");
    }

    @Test
    void failedAndUnsent() {
        CheckResult result = judge(1, 2, 3, 4, 5, 10, 12);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .startsWith("failed, and there all the same: 1 (10); there, and sent by no client: 1 (12);");
    }

    @Test
    void everythingWrongAtOnce() {
        assertThat(judge(1, 2, 3, 5, 6).evidence())
                .startsWith("lost, although acknowledged by then: 1 (4); acknowledged only later, and there: 1 (6);");
    }

    @Test
    void nothingWithin() {
        CheckResult result = figures(GtidSet.parse(UUID + ":1-100")).judge("restored", "");
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).startsWith("no write was acknowledged by then; 0 rows there");
    }

    @Test
    void withoutGtid() {
        ledger.write(new LedgerWrite(11, 1, 2, Completion.OK, UUID));
        CheckResult result = judge(1, 2, 3, 4, 5, 11);
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).startsWith("acknowledged without a GTID: 1 (11); 6 rows");
        assertThat(judge(1, 2, 3, 4).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void doubt() {
        CheckResult result = figures(UNTIL_5, 1, 2, 3, 4, 5).judge("restored", "not everything was read");
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).startsWith("not everything was read; 5 rows");
    }

    @Test
    void holesInTheSet() {
        GtidSet without3 = GtidSet.parse(UUID + ":1-102:104-105");
        assertThat(figures(without3, 1, 2, 4, 5).judge("restored", "").verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(figures(without3, 1, 2, 3, 4, 5).tooMuch()).isEqualTo(new IdSet(1, "3"));
    }

    private CheckResult judge(int... present) {
        return figures(UNTIL_5, present).judge("restored", "");
    }

    private RestoredLedger figures(GtidSet restored, int... present) {
        BitSet rows = new BitSet();
        IntStream.of(present).forEach(rows::set);
        return RestoredLedger.of(ledger, rows, restored);
    }
}
