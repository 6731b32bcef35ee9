package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowChecksumsTest {
    private final HandWritten history = new HandWritten(Probe.POLL, Set.of(), "node2");

    @Test
    void intactRowsAreValid() {
        history.follow(Strategy.REPLICA, "node2", 2).follow(Strategy.REPLICA, "node2", 0);
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
        assertThat(history.verdicts().rowChecksums()).isEqualTo(new RowChecksums.Counts(1, 0));
    }

    @Test
    void oneDamagedRowIsInvalidAndNamed() {
        history.follow(Strategy.REPLICA, "node2", 2)
                .follow(Strategy.REPLICA, "node2", Completion.OK, new Read.Answer(2, false), false);
        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence()).isEqualTo("key 1 on node2 at 0.006040 s (poll); 2 rows, 1 corrupt");
    }

    @Test
    void withoutRowsTheVerdictIsUnknown() {
        history.follow(Strategy.REPLICA, "node2", 0)
                .follow(Strategy.REPLICA, "node2", HandWritten.BROKEN, Read.Answer.NONE, false);
        assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private CheckResult check() {
        return history.check(RowChecksums.NAME);
    }
}
