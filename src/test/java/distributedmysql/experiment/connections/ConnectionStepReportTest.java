package distributedmysql.experiment.connections;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Outcome;
import distributedmysql.load.FailureCounts.Failures;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.StepMeasurement;
import distributedmysql.mysql.CapUse;
import distributedmysql.report.ErrorCount;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ConnectionStepReportTest {
    private static final Failures TOO_MANY = failures("08004", ConnectionSteps.TOO_MANY_CONNECTIONS, 2);
    private static final Failures DENIED = failures("28000", 1045, 3);
    private static final Failures WAITED = failures(SqlFailure.POOL_TIMEOUT, 0, 5);
    private static final Failures TOO_MANY_LATER = failures("08004", ConnectionSteps.TOO_MANY_CONNECTIONS, 7);
    private static final Failures DEADLOCK = failures("40001", 1213, 11);
    private static final Failures CAPPED = failures(SqlFailure.RATE_CAP, 0, 13);
    private static final List<Failures> ALL = List.of(WAITED, TOO_MANY_LATER, DEADLOCK, CAPPED);

    @Test
    void hasTheFiguresOfTheStep() {
        ConnectionStepReport report = ConnectionStepReport.of(step(List.of(DENIED), List.of(DEADLOCK), 1));

        assertThat(report.connections()).isEqualTo(50);
        assertThat(report.opened()).isEqualTo(48);
        assertThat(report.qps()).isEqualTo(33.33);
        assertThat(report.latencyMicros().p50()).isEqualTo(700);
        assertThat(report.connectErrors())
                .containsExactly(new ErrorCount("28000", 1045, 3, DENIED.first().summary()));
        assertThat(report.errors())
                .containsExactly(
                        new ErrorCount("40001", 1213, 11, DEADLOCK.first().summary()));
        assertThat(report.limitedByCap()).isNull();
        assertThat(report.step().limitedBy()).isEmpty();
    }

    @Test
    void whereTheLimitIsMetAWaitInVainIsNoErrorOfItsOwn() {
        ConnectionSteps.Step step =
                ConnectionStepReport.of(step(List.of(TOO_MANY, DENIED), ALL, 1)).step();

        assertThat(step).isEqualTo(new ConnectionSteps.Step(50, 48, 2, 3 + 11, 13, 33.33, ""));
    }

    @Test
    void otherwiseItIs() {
        ConnectionSteps.Step step =
                ConnectionStepReport.of(step(List.of(DENIED), ALL, 50)).step();

        assertThat(step)
                .isEqualTo(new ConnectionSteps.Step(
                        50, 48, 0, 3 + 5 + 7 + 11, 13, 33.33, "limited by external.max-rate = 500"));
    }

    private static StepMeasurement step(List<Failures> refusals, List<Failures> failures, long waited) {
        Histogram latency = new Histogram(3);
        latency.recordValueWithCount(700, 100);
        CapUse cap = new CapUse(500, 1_000, waited, 1_000_000, 0.5);
        return new StepMeasurement(
                50, 48, new Histogram(3), refusals, latency, new Histogram(3), failures, 3.0, Optional.of(cap));
    }

    private static Failures failures(String state, int code, long count) {
        return new Failures(new SqlFailure(state, code, Outcome.FAIL, "it failed"), count);
    }
}
