package distributedmysql.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Writes 1 to 4 are acknowledged, 5 has failed; node1 is the primary")
class JudgedByTest {
    private static final List<String> NODES = List.of("node1", "node2", "node3");
    private static final Completion REFUSED = new Completion(Outcome.FAIL, "HY000", 1290);

    private final Ledger ledger = new Ledger();

    JudgedByTest() {
        IntStream.rangeClosed(1, 4).forEach(id -> ledger.write(new LedgerWrite(id, id, id, Completion.OK, "uuid")));
        ledger.write(new LedgerWrite(5, 5, 5, REFUSED, ""));
    }

    @Test
    @DisplayName("Where the primary was read, its rows count, and what it lacks is lost")
    void primary() {
        present("node1", 1, 2);
        present("node2", 1, 2, 3);

        assertThat(by().node()).isEqualTo("node1");
        assertThat(by().doubt()).isEmpty();
        assertThat(results().get(0).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    @DisplayName(
            "Where it was not, those of the node that has most do; what is not there is told by number, and not proven lost")
    void survivor() {
        present("node2", 1);
        present("node3", 1, 2, 4);

        assertThat(results().get(0))
                .isEqualTo(CheckResult.unknown(
                        "lost acknowledged writes: toy",
                        "killed; node1 was not read in the end, so this is by what node3 has; of 4 acknowledged writes lost 1"
                                + " (3); seen by a reader and then lost 0; which node1 may still have"));
        assertThat(results().get(1).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(results().get(2).verdict()).isEqualTo(Verdict.INVALID);
        assertThat(results().get(2).evidence()).contains("node2: missing 2 (2, 4)");
    }

    @Test
    @DisplayName("What must not be there is wrong on any node")
    void failedIsThere() {
        present("node2", 1, 2, 3, 4, 5);

        assertThat(results().get(1).verdict()).isEqualTo(Verdict.INVALID);
        assertThat(results().get(1).evidence()).contains("failed, and there all the same: 1 (5)");
    }

    @Test
    @DisplayName("Where no node was read, nothing is known")
    void nobody() {
        assertThat(results()).extracting(CheckResult::verdict).containsOnly(Verdict.UNKNOWN);
        assertThat(results().get(0).evidence()).isEqualTo("killed; " + LedgerChecks.PRIMARY_UNREAD);
    }

    private void present(String node, int... ids) {
        BitSet set = new BitSet();
        IntStream.of(ids).forEach(set::set);
        ledger.present(node, set);
    }

    private JudgedBy by() {
        return JudgedBy.of(ledger, "node1", NODES, LedgerPromise.ALL, "");
    }

    private List<CheckResult> results() {
        JudgedBy by = JudgedBy.of(ledger, "node1", NODES, LedgerPromise.ALL, "killed");
        return LedgerChecks.all(LedgerFigures.of(ledger, by.node(), 0), by.promise(), NODES, "toy", by.doubt());
    }
}
