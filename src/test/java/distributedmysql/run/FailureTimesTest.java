package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Phases;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.topology.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A busy machine explains that requests had no connection in time, and no other failure")
class FailureTimesTest {
    private static final SqlFailure NO_CONNECTION = SqlFailure.poolTimeout();
    private static final SqlFailure UNKNOWN_TABLE =
            SqlFailure.whileExecuting(new SQLException("Table 'x' doesn't exist", "42S02", 1146));

    private final StageRecorder stage = new StageRecorder(
            StagePlan.open("reads", "routed", 100, new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5))),
            () -> {});

    private void fail(String name, SqlFailure failure) {
        long start = System.nanoTime();
        stage.begin(start);
        stage.failed(name, Role.REPLICA, start, failure);
    }

    @Test
    void withoutFailures() {
        assertThat(FailureTimes.of(List.of(stage))).isEmpty();
    }

    @Test
    void waiting() {
        fail("a", NO_CONNECTION);
        fail("b", NO_CONNECTION);
        assertThat(FailureTimes.of(List.of(stage))).singleElement().satisfies(time -> {
            assertThat(time.what()).contains("reads");
            assertThat(time.share()).isEqualTo(Timing.SOME);
        });
    }

    @Test
    void anErrorOfTheServerBesideIt() {
        fail("a", NO_CONNECTION);
        fail("b", UNKNOWN_TABLE);
        assertThat(FailureTimes.of(List.of(stage)))
                .singleElement()
                .extracting(Timing::share)
                .isEqualTo(Timing.NEVER);
        assertThat(FailureTimes.of(List.of(stage), Set.of("b")))
                .as("that may fail")
                .singleElement()
                .extracting(Timing::share)
                .isEqualTo(Timing.SOME);
    }
}
