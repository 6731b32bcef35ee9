package distributedmysql.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.FailedRequests;
import distributedmysql.config.Phases;
import distributedmysql.load.SqlFailure;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageRecordersTest {
    private final StageRecorders recorders = new StageRecorders();

    @Test
    void aScenarioOfTheUsersBecomesAStageWithItsFirstRequest() {
        recorders.addOwn("mine", StagePlan.Model.OPEN);
        assertThat(recorders.measured()).isEmpty();
        fail(recorders.of("mine"), "transfer");
        assertThat(recorders.measured())
                .extracting(stage -> stage.plan().name())
                .containsExactly("mine");
        assertThat(recorders.planned()).isEmpty();
    }

    @Test
    void aScenarioThatNobodyAddedIsNotMeasured() {
        fail(recorders.of("?"), "transfer");
        assertThat(recorders.measured()).isEmpty();
        assertThat(judged(0)).isEmpty();
    }

    @Test
    void aShareOfThePlannedStagesMayFailButNotOfTheUsersScenarios() {
        StageRecorder planned = planned();
        recorders.addOwn("mine", StagePlan.Model.OPEN);
        succeed(planned, 99);
        fail(planned, "select");
        fail(recorders.of("mine"), "transfer");
        assertThat(judged(0)).containsExactly("select", "transfer");
        assertThat(judged(0.99)).containsExactly("select", "transfer");
        assertThat(judged(1)).containsExactly("transfer");
    }

    @Test
    void aStepThatFailedIsJudgedUnderItsOwnNameAndIsNoStage() {
        recorders.addOwn("another step", StagePlan.Model.OPEN);
        recorders.stepFailed("making the tables", SqlFailure.crash("planted"));
        assertThat(recorders.measured()).isEmpty();
        assertThat(recorders.requests(0)).singleElement().satisfies(step -> {
            assertThat(step.stage()).isEqualTo("making the tables");
            assertThat(step.name()).isEqualTo("making the tables");
            assertThat(step.failed()).isOne();
        });
    }

    private List<String> judged(double percent) {
        return recorders.requests(percent).stream()
                .map(FailedRequests.Requests::name)
                .toList();
    }

    private StageRecorder planned() {
        Phases phases = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
        StageRecorder recorder = new StageRecorder(StagePlan.open("reads", "routed", 100, phases), () -> {});
        recorders.add(recorder, List.of("reads"));
        return recorder;
    }

    private static void succeed(StageRecorder recorder, int requests) {
        for (int i = 0; i < requests; i++) {
            long start = System.nanoTime();
            recorder.begin(start);
            recorder.succeeded("select", Role.REPLICA, start, 0, start + 1_000);
        }
    }

    private static void fail(StageRecorder recorder, String request) {
        long start = System.nanoTime();
        recorder.begin(start);
        recorder.failed(request, Role.PRIMARY, start, SqlFailure.poolTimeout());
    }
}
