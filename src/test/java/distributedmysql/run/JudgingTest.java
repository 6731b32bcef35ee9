package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.FailedRequests;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.report.NotRun;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JudgingTest {
    @Test
    @DisplayName("A run that ends early has not made the check of failed requests either, and says so")
    void endsEarly() {
        StageRecorders recorders = new StageRecorders();
        Judging judging = new Judging(new Progress(), new MachineWatch(List.of(), recorders), recorders);
        Step step = judging.failedRequests(0, List::of);
        assertThat(step.name()).isEqualTo(FailedRequests.NAME);
        judging.endsEarly("interrupted");
        assertThat(judging.notRun()).extracting(NotRun::name).containsExactly(FailedRequests.NAME);
    }
}
