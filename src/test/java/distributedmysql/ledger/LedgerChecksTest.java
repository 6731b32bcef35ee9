package distributedmysql.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerRead;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Writes 1, 2, 5 and 6 are acknowledged, 3 and 4 of unknown outcome, 7 has failed; 3 survived, 4 vanished. */
class LedgerChecksTest {
    private static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 0);
    private static final Completion REFUSED = new Completion(Outcome.FAIL, "HY000", 1290);

    private final Ledger ledger = new Ledger();

    @BeforeEach
    void record() {
        IntStream.of(1, 2, 5, 6).forEach(this::acknowledged);
        write(3, BROKEN);
        write(4, BROKEN);
        write(7, REFUSED);
        present("node1", 1, 2, 3, 5, 6);
        present("node2", 1, 2, 3, 5, 6);
    }

    @Test
    void valid() {
        assertThat(all()).extracting(CheckResult::verdict).containsOnly(Verdict.VALID);
        assertThat(lost().evidence()).isEqualTo("of 4 acknowledged writes lost 0; seen by a reader and then lost 0");
        assertThat(outcomes().evidence())
                .isEqualTo("failed, and there all the same: 0; acknowledged more than once: 0; of unknown outcome: 1"
                        + " survived, 1 vanished");
        assertThat(everyNode().evidence()).isEqualTo("node1: 5 rows; node2: 5 rows");
    }

    @Test
    void lostWrites() {
        present("node1", 3, 6);
        present("node2", 3, 6);

        assertThat(figures().writes().lost()).isEqualTo(new IdSet(3, "1-2, 5"));
        assertThat(lost().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(lost().evidence())
                .isEqualTo("more are lost than may be; of 4 acknowledged writes lost 3 (1-2, 5); seen by a reader and"
                        + " then lost 0");
        assertThat(outcomes().verdict()).isEqualTo(Verdict.VALID);
        assertThat(everyNode().verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("As many as are allowed may be lost")
    void limit() {
        present("node1", 3, 6);

        assertThat(lost(LedgerPromise.butFor(OptionalLong.of(2))).verdict()).isEqualTo(Verdict.INVALID);
        assertThat(lost(LedgerPromise.butFor(OptionalLong.of(3))).verdict()).isEqualTo(Verdict.VALID);
        assertThat(lost(LedgerPromise.butFor(OptionalLong.of(3))).evidence()).endsWith("; at most 3");
        assertThat(lost(LedgerPromise.butFor(OptionalLong.empty())).verdict()).isEqualTo(Verdict.VALID);
        assertThat(lost(LedgerPromise.butFor(OptionalLong.empty())).evidence()).endsWith("; measured, no limit is set");
    }

    @Test
    @DisplayName("A row that a reader has seen must be there if that is promised, whatever became of its write")
    void seenThenLost() {
        ledger.read(new LedgerRead("node1", 3, 4, Completion.OK), ids(1, 4));

        assertThat(lost().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(lost().evidence())
                .isEqualTo("what a reader had seen is not there; of 4 acknowledged writes lost 0; seen by a reader and"
                        + " then lost 1 (4)");
        assertThat(lost(LedgerPromise.ACKNOWLEDGED).verdict()).isEqualTo(Verdict.VALID);
        assertThat(lost(LedgerPromise.butFor(OptionalLong.of(0))).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void phantom() {
        present("node1", 1, 2, 3, 5, 6, 7);

        assertThat(outcomes().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(outcomes().evidence())
                .startsWith("a write did not end as its client was told; failed, and there all the same: 1 (7);");
        assertThat(lost().verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void duplicate() {
        acknowledged(5);

        assertThat(outcomes().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(outcomes().evidence()).contains("; acknowledged more than once: 1 (5);");
        assertThat(figures().writes().acknowledged()).isEqualTo(4);
    }

    @Test
    @DisplayName("Of a kind of which there is none, nothing is said")
    void oneKindOfDifference() {
        present("node2", 1, 2, 3, 6);

        assertThat(everyNode().evidence()).isEqualTo("node2: missing 1 (5), extra 0; node1: 5 rows; node2: 4 rows");

        acknowledged(40);
        present("node2", 1, 2, 3, 5, 6, 40);
        assertThat(everyNode().evidence())
                .isEqualTo("node2: missing 0, extra 1 (40): 1 acknowledged, which the primary has lost; node1: 5 rows;"
                        + " node2: 6 rows");
    }

    @Test
    @DisplayName(
            "What a node has not, and what it has and should not, is named; the latter by what its client was told")
    void everyNodeDiffers() {
        acknowledged(40);
        present("node2", 1, 2, 3, 6, 4, 40, 70);

        assertThat(everyNode().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(everyNode().evidence())
                .isEqualTo("node2: missing 1 (5), extra 3 (4, 40, 70): 1 acknowledged, which the primary has lost, 1 of"
                        + " unknown outcome, which the client never learned, so neither acknowledged nor lost, 1 that"
                        + " failed, or that no client sent; node1: 5 rows; node2: 7 rows");
        assertThat(everyNode("node1", "node2", "node3").verdict())
                .as("what is wrong decides before what is not known")
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void nodeNotRead() {
        CheckResult result = everyNode("node1", "node2", "node3");

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).isEqualTo("not read in the end: node3; node1: 5 rows; node2: 5 rows");
    }

    @Test
    void primaryNotRead() {
        LedgerFigures figures = LedgerFigures.of(ledger, "node3", 0);

        assertThat(figures.writes()).isNull();
        assertThat(LedgerChecks.all(figures, LedgerPromise.ALL, List.of("node3"), "x", ""))
                .extracting(CheckResult::verdict)
                .containsOnly(Verdict.UNKNOWN);
        assertThat(LedgerChecks.lost(figures, LedgerPromise.ALL, "x", "node3: refused")
                        .evidence())
                .isEqualTo("node3: refused; it is not known which writes the primary holds in the end");
    }

    @Test
    void nothingAcknowledged() {
        Ledger refused = new Ledger();
        refused.write(new LedgerWrite(1, 1, 2, REFUSED, ""));
        refused.present("node1", new BitSet());
        LedgerFigures figures = LedgerFigures.of(refused, "node1", 0);

        assertThat(LedgerChecks.lost(figures, LedgerPromise.ALL, "x", "").verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(LedgerChecks.outcomes(figures, "x", "").evidence()).startsWith("no write was acknowledged; ");
        refused.present("node1", ids(1));
        assertThat(LedgerChecks.outcomes(LedgerFigures.of(refused, "node1", 0), "x", "")
                        .verdict())
                .as("what is wrong decides before what is not known")
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    @DisplayName("Where not all was recorded, nothing is VALID, and what is wrong is INVALID all the same")
    void doubt() {
        present("node1", 1, 2, 3, 5);

        List<CheckResult> results =
                LedgerChecks.all(figures(), LedgerPromise.ALL, List.of("node1", "node2"), "x", "node2 lags");

        assertThat(results)
                .extracting(CheckResult::verdict)
                .containsExactly(Verdict.INVALID, Verdict.UNKNOWN, Verdict.INVALID);
        assertThat(results.get(1).evidence()).startsWith("node2 lags; failed, and there");
    }

    @Test
    void names() {
        assertThat(all())
                .extracting(CheckResult::name)
                .containsExactlyElementsOf(LedgerChecks.names("x"))
                .containsExactly("lost acknowledged writes: x", "failed writes absent: x", "ledger on every node: x");
    }

    @Test
    @DisplayName("Errors are counted by the second since the start, operation and code")
    void errors() {
        Ledger failing = new Ledger();
        failing.write(new LedgerWrite(8, 5_900_000, 6_100_000, BROKEN, ""));
        failing.write(new LedgerWrite(9, 5_900_000, 6_899_999, BROKEN, ""));
        failing.write(new LedgerWrite(10, 5_900_000, 6_900_000, REFUSED, ""));
        failing.read(new LedgerRead("node2", 5_900_000, 6_900_000, BROKEN), new BitSet());

        assertThat(LedgerFigures.of(failing, "node1", 5_900_000).errors())
                .containsExactly(
                        new LedgerFigures.ErrorCount(0, "write", "08S01/0", 2),
                        new LedgerFigures.ErrorCount(1, "write", "HY000/1290", 1),
                        new LedgerFigures.ErrorCount(1, "read", "08S01/0", 1));
    }

    @Test
    void aMillionWrites() {
        IntStream.range(100, 1_000_100).forEach(this::acknowledged);
        BitSet all = ids(1, 2, 3, 5, 6);
        all.set(100, 1_000_099);
        ledger.present("node1", all);

        assertThat(figures().writes().lost()).isEqualTo(new IdSet(1, "1000099"));
    }

    private void acknowledged(int id) {
        ledger.write(new LedgerWrite(id, 1, 2, Completion.OK, "a"));
    }

    private void write(int id, Completion ending) {
        ledger.write(new LedgerWrite(id, 1, 2, ending, ""));
    }

    private void present(String node, int... ids) {
        ledger.present(node, ids(ids));
    }

    private LedgerFigures figures() {
        return LedgerFigures.of(ledger, "node1", 0);
    }

    private List<CheckResult> all() {
        return LedgerChecks.all(figures(), LedgerPromise.ALL, List.of("node1", "node2"), "x", "");
    }

    private CheckResult lost() {
        return lost(LedgerPromise.ALL);
    }

    private CheckResult lost(LedgerPromise promise) {
        return LedgerChecks.lost(figures(), promise, "x", "");
    }

    private CheckResult outcomes() {
        return LedgerChecks.outcomes(figures(), "x", "");
    }

    private CheckResult everyNode() {
        return everyNode("node1", "node2");
    }

    private CheckResult everyNode(String... nodes) {
        return LedgerChecks.everyNode(figures(), List.of(nodes), "x", "");
    }

    private static BitSet ids(int... ids) {
        BitSet set = new BitSet();
        IntStream.of(ids).forEach(set::set);
        return set;
    }
}
