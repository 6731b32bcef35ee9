package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.check.TargetRate;
import distributedmysql.check.Verdict;
import distributedmysql.config.Phases;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StageRatesTest {
    private static final int RATE = 100;
    private static final int SECONDS = 2;

    /** A stage that is over, in which so many of 200 requests succeeded, and so many failed. */
    private static StageRecorder stage(String name, int succeeded, int failed) {
        Phases phases = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(SECONDS));
        StageRecorder stage = new StageRecorder(StagePlan.open(name, "routed", RATE, phases), () -> {});
        long begin = System.nanoTime() - Duration.ofSeconds(10).toNanos();
        for (int i = 0; i < succeeded + failed; i++) {
            long start = begin + i * 1_000_000L;
            stage.begin(start);
            if (i < succeeded) {
                stage.succeeded("a", Role.REPLICA, start, 0, start + 1_000);
            } else {
                stage.failed("a", Role.REPLICA, start, SqlFailure.poolTimeout());
            }
        }
        return stage;
    }

    private static Check check(StageRecorder... stages) {
        return StageRates.check("soak target rate", TargetRate.MEANING, () -> List.of(stages));
    }

    @Test
    @DisplayName(
            "A machine must have been busy for the share of the requests that is missing, in each stage that missed its rate")
    void missing() {
        Check check = check(stage("first", 180, 0), stage("second", 200, 0), stage("third", 100, 0));
        assertThat(check.result().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check.result().name()).isEqualTo("soak target rate");
        List<Timing> times = check.when().get();
        assertThat(times).extracting(timing -> timing.what().orElseThrow()).containsExactly("first", "third");
        assertThat(times.get(0).share()).isEqualTo(0.1, within(1e-9));
        assertThat(times.get(1).share()).isEqualTo(0.5, within(1e-9));
        assertThat(times.get(0).time().toNanos() - times.get(0).time().fromNanos())
                .isEqualTo(Duration.ofSeconds(SECONDS).toNanos());
    }

    @Test
    @DisplayName("Requests that failed were sent: no state of this machine explains them")
    void failed() {
        Check check = check(stage("first", 180, 20));
        assertThat(check.result().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(check.result().evidence())
                .startsWith("all requests were sent, but some failed (first: 20 requests), which alone explains what is"
                        + " missing; first: 90.0 of 100.0 requests/s");
        assertThat(check.result().next()).doesNotContain("rate");
        assertThat(check(stage("first", 160, 20)).result().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check(stage("first", 180, 20), stage("second", 180, 0))
                        .result()
                        .verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(check.when().get()).extracting(Timing::share).containsExactly(Timing.NEVER);
        assertThat(check(stage("first", 160, 20)).when().get().get(0).share()).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void ofStagesThatAchievedTheirRateAllAreTold() {
        Check check = check(stage("first", 200, 0), stage("second", 199, 0));
        assertThat(check.result().verdict()).isEqualTo(Verdict.VALID);
        assertThat(check.when().get())
                .extracting(timing -> timing.what().orElseThrow())
                .containsExactly("first", "second");
    }
}
