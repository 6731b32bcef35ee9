package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.backup.Targets.Target;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Write n is transaction n of A; the full backup has those until 10, binary logs until 90. */
class TargetsTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final GtidSet FULL = GtidSet.parse(A + ":1-10," + B + ":1-3");
    private static final GtidSet SHIPPED = GtidSet.parse(A + ":5-90");

    @Test
    void chosen() {
        List<Target> targets = choose(20, 1);
        assertThat(targets).hasSize(20).doesNotHaveDuplicates();
        assertThat(targets).allSatisfy(target -> assertThat(target.write()).isBetween(11L, 90L));
        assertThat(targets)
                .allSatisfy(target -> assertThat(target.gtid().number()).isEqualTo(target.write()));
        assertThat(targets).isSortedAccordingTo((one, other) -> Long.compare(one.write(), other.write()));
        assertThat(choose(20, 1)).isEqualTo(targets);
        assertThat(choose(20, 2)).isNotEqualTo(targets);
    }

    @Test
    void noMoreThanThereAre() {
        assertThat(choose(1_000, 1)).hasSize(80);
        assertThat(Targets.choose(ledger(), FULL, GtidSet.EMPTY, 3, 1)).isEmpty();
    }

    @Test
    void upTo() {
        GtidSet executed = GtidSet.parse(A + ":1-50:60-100," + B + ":1-3");
        assertThat(Targets.upTo(Gtid.parse(A + ":70"), FULL, executed))
                .isEqualTo(GtidSet.parse(A + ":1-50:60-70," + B + ":1-3"));
    }

    private static List<Target> choose(int count, long seed) {
        return Targets.choose(ledger(), FULL, SHIPPED, count, seed);
    }

    private static Ledger ledger() {
        Ledger ledger = new Ledger();
        IntStream.rangeClosed(1, 100)
                .forEach(id -> ledger.write(new LedgerWrite(id, 1, 2, Completion.OK, A, A + ":" + id)));
        ledger.write(new LedgerWrite(101, 1, 2, new Completion(Outcome.UNKNOWN, "08S01", 0), ""));
        ledger.write(new LedgerWrite(102, 1, 2, Completion.OK, A));
        return ledger;
    }
}
