package distributedmysql.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.FailedRequests;
import distributedmysql.check.ServerCounts;
import distributedmysql.config.Phases;
import distributedmysql.load.SqlFailure;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.NamedNode;
import distributedmysql.mysql.Node;
import distributedmysql.report.ErrorCount;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Stage;
import distributedmysql.topology.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StageRecorderTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Phases PHASES =
            new Phases(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(5));
    private static final long COUNTED_FROM = 3 * SECOND;
    private static final long COUNTED_TO = 8 * SECOND;

    private final List<String> begun = new ArrayList<>();
    private final StageRecorder open = new StageRecorder(StagePlan.open("s", "e", 100, PHASES), () -> begun.add("s"));
    // So long ago that the stage is over.
    private final long first = System.nanoTime() - 60 * SECOND;

    @Test
    void nothingIsMeasuredBeforeTheSteadyStateBegins() {
        assertThat(open.measured()).isEmpty();
        open.begin(System.nanoTime());
        assertThat(open.measured()).isEmpty();
        assertThat(open.isOver()).isFalse();
    }

    @Test
    void theFirstRequestAloneBeginsTheStage() {
        open.begin(first);
        open.begin(first + SECOND);
        assertThat(begun).containsExactly("s");
        assertThat(open.isOver()).isTrue();
    }

    @Test
    void theLoadsTimeIsFromTheFirstRequestToTheLastThatIsPlanned() {
        assertThat(open.loadTime()).isEmpty();
        open.begin(first);
        assertThat(open.loadTime()).contains(new LoadTime(first, first + COUNTED_TO + 1_500 * MILLI));
    }

    @Test
    void requestsThatStartInTheSteadyStateCountAndNoOthers() {
        open.begin(first);
        succeed(0, MILLI);
        succeed(COUNTED_FROM - 1, MILLI);
        succeed(COUNTED_TO, MILLI);
        assertThat(stage().requests()).isZero();

        succeed(COUNTED_FROM, MILLI);
        // Its end does not matter.
        succeed(COUNTED_TO - 1, 10 * SECOND);
        assertThat(stage().requests()).isEqualTo(2);
    }

    @Test
    void errorsOutsideTheSteadyStateDoNotCountEither() {
        open.begin(first);
        fail(COUNTED_FROM - 1, SqlFailure.poolTimeout());
        fail(COUNTED_TO, SqlFailure.poolTimeout());
        assertThat(stage().errors()).isEmpty();
    }

    @Test
    void theRateIsOfSuccessfulRequestsOverTheSteadyState() {
        open.begin(first);
        for (int i = 0; i < 40; i++) {
            succeed(COUNTED_FROM + i * MILLI, MILLI);
        }
        fail(COUNTED_FROM, SqlFailure.poolTimeout());
        assertThat(stage().achievedQps()).isEqualTo(8.0);
        assertThat(stage().steadySeconds()).isEqualTo(5.0);
        assertThat(stage().requests()).isEqualTo(41);
    }

    @Test
    void percentilesAreOfTheSuccessfulRequests() {
        open.begin(first);
        for (int i = 1; i <= 1000; i++) {
            succeed(COUNTED_FROM + i, i * 1000L);
        }
        fail(COUNTED_FROM, SqlFailure.poolTimeout());
        assertThat(stage().latencyMicros()).isEqualTo(new LatencySummary(1, 500.5, 500, 900, 950, 990, 999, 1000));
    }

    @Test
    void thePoolWaitIsPartOfTheLatencyAndReportedByItself() {
        open.begin(first);
        open.succeeded("r", Role.REPLICA, first + COUNTED_FROM, 20 * MILLI, first + COUNTED_FROM + 30 * MILLI);
        assertThat(stage().poolWaitMicros().max()).isBetween(20_000L, 20_020L);
        assertThat(stage().latencyMicros().max()).isBetween(30_000L, 30_020L);
    }

    @Test
    void aPoolWaitThatNobodyKnowsIsNotReportedAsNone() {
        open.begin(first);
        open.succeeded(
                "r", Role.REPLICA, first + COUNTED_FROM, StageRecorder.UNKNOWN_WAIT, first + COUNTED_FROM + 30 * MILLI);
        assertThat(stage().poolWaitMicros()).isNull();
        assertThat(stage().latencyMicros()).isNotNull();
    }

    @Test
    void errorsAreCountedBySqlStateAndCodeMostFrequentFirst() {
        open.begin(first);
        fail(COUNTED_FROM, SqlFailure.whileExecuting(new SQLException("row 'a'", "40001", 1213)));
        fail(COUNTED_FROM, SqlFailure.whileExecuting(new SQLException("lock", "HY000", 1205)));
        fail(COUNTED_FROM, SqlFailure.whileExecuting(new SQLException("lock", "HY000", 1205)));
        assertThat(stage().errors())
                .containsExactly(
                        new ErrorCount("HY000", 1205, 2, "HY000/1205 lock"),
                        new ErrorCount("40001", 1213, 1, "40001/1213 row '…'"));
        assertThat(stage().failed()).isEqualTo(3);
        assertThat(stage().latencyMicros()).isNull();
    }

    @Test
    void requestsAreToldApartByNameWithTheirErrorsAsTheyCame() {
        open.begin(first);
        for (int i = 0; i < 40; i++) {
            open.succeeded("balance", Role.REPLICA, first + COUNTED_FROM, 0, first + COUNTED_FROM + 2 * MILLI);
        }
        SQLException typo = new SQLException("Table 'x.accountz' doesn't exist", "42S02", 1146);
        for (int i = 0; i < 3; i++) {
            open.failed("transfer", Role.PRIMARY, first + COUNTED_FROM, SqlFailure.whileExecuting(typo));
        }
        open.failed("transfer", Role.PRIMARY, first + COUNTED_FROM, SqlFailure.check("expected 1 rows, found 0"));
        open.failed("transfer", Role.PRIMARY, first + COUNTED_FROM, SqlFailure.check("expected 1 rows, found 2"));
        // Warm-up.
        open.failed("transfer", Role.PRIMARY, first, SqlFailure.whileExecuting(typo));

        open.partial("balance", first + COUNTED_FROM, List.of("shard1", "shard3"));
        open.partial("balance", first + COUNTED_FROM, List.of("shard3"));
        open.partial("balance", first, List.of("shard2"));

        Stage.RequestStats balance = stage().byRequest().get(0);
        assertThat(balance.name()).isEqualTo("balance");
        assertThat(balance.requests()).isEqualTo(40);
        assertThat(balance.achievedQps()).isEqualTo(8.0);
        assertThat(balance.latencyMicros().p99()).isBetween(2_000L, 2_020L);
        assertThat(balance.missingShards())
                .containsExactly(new Stage.MissingShard("shard1", 1), new Stage.MissingShard("shard3", 2));
        Stage.RequestStats transfer = stage().byRequest().get(1);
        assertThat(transfer.requests()).isEqualTo(5);
        assertThat(transfer.errors()).isEqualTo(5);
        assertThat(transfer.latencyMicros()).isNull();
        assertThat(transfer.errorCounts())
                .containsExactlyInAnyOrder(
                        new ErrorCount("42S02", 1146, 3, "Table 'x.accountz' doesn't exist"),
                        new ErrorCount("CHECK", 0, 1, "expected 1 rows, found 0"),
                        new ErrorCount("CHECK", 0, 1, "expected 1 rows, found 2"));
        // The warm-up's failure is no figure of the stage, but a failure.
        assertThat(open.requests().get(1).failed()).isEqualTo(6);
    }

    @Test
    void namesWithoutEndDoNotTakeMemoryWithoutEnd() {
        open.begin(first);
        for (int i = 0; i < 600; i++) {
            open.failed("user " + i, Role.PRIMARY, first + COUNTED_FROM, SqlFailure.poolTimeout());
        }
        assertThat(open.requests()).hasSize(501);
        assertThat(open.requests().stream()
                        .mapToLong(FailedRequests.Requests::sent)
                        .sum())
                .isEqualTo(600);
        assertThat(open.requests())
                .filteredOn(any -> any.name().equals("(other names)"))
                .singleElement()
                .satisfies(others -> assertThat(others.failed()).isEqualTo(100));
    }

    @Test
    void aScenarioOfTheUsersCountsFromItsFirstRequestToItsLast() {
        StageRecorder own = new StageRecorder(StagePlan.own("mine", StagePlan.Model.CLOSED), () -> begun.add("mine"));
        assertThat(own.measured()).isEmpty();
        own.begin(first);
        own.succeeded("r", Role.REPLICA, first, 0, first + 10 * SECOND);
        own.responded("http", 5, null);
        assertThat(begun).containsExactly("mine");
        Stage measured = own.measured().map(Stage::of).orElseThrow();
        assertThat(measured.model()).isEqualTo(StagePlan.Model.CLOSED);
        assertThat(measured.isOwn()).isTrue();
        assertThat(measured.interrupted()).isNull();
        assertThat(measured.engine()).isEqualTo("gatling");
        assertThat(measured.requests()).isEqualTo(2);
        // The second one ended now.
        assertThat(measured.steadySeconds()).isBetween(60.0, 90.0);
    }

    @Test
    void rolesAreToldApart() {
        open.begin(first);
        open.succeeded("r", Role.PRIMARY, first + COUNTED_FROM, 0, first + COUNTED_FROM + MILLI);
        assertThat(stage().byRole().replica()).isNull();
        fail(COUNTED_FROM, SqlFailure.poolTimeout());
        assertThat(stage().byRole().primary().requests()).isEqualTo(1);
        assertThat(stage().byRole().primary().errors()).isZero();
        assertThat(stage().byRole().replica().errors()).isEqualTo(1);
        assertThat(stage().byRole().replica().latencyMicros()).isNull();
    }

    @Test
    void theOpenModelHasATargetAndTheClosedModelAConcurrency() {
        StageRecorder closed = new StageRecorder(StagePlan.closed("s", "e", 16, PHASES), () -> {});
        closed.begin(first);
        open.begin(first);
        Stage stage = closed.measured().map(Stage::of).orElseThrow();
        assertThat(stage.model()).isEqualTo(StagePlan.Model.CLOSED);
        assertThat(stage.concurrency()).isEqualTo(16);
        assertThat(stage.targetQps()).isNull();
        assertThat(stage().model()).isEqualTo(StagePlan.Model.OPEN);
        assertThat(stage().targetQps()).isEqualTo(100.0);
        assertThat(stage().concurrency()).isNull();
    }

    @Test
    void aStageWhoseTimeIsNotOverSaysSo() {
        open.begin(first);
        assertThat(stage().interrupted()).isNull();
        StageRecorder begun = new StageRecorder(
                StagePlan.open("s", "e", 1, new Phases(Duration.ZERO, Duration.ZERO, Duration.ofHours(1))), () -> {});
        begun.begin(System.nanoTime() - MILLI);
        assertThat(begun.measured().map(Stage::of).orElseThrow().interrupted()).isTrue();
    }

    /** The server counts all of them, so the comparison needs all of them. */
    @Test
    void executionsCountInWarmUpTooByNodeAndStatement() {
        Node one = NamedNode.of("node1");
        open.begin(first);
        open.executed(one, "a", true);
        open.executed(one, "a", true);
        open.executed(one, "a", false);
        open.executed(one, "b", true);
        open.executed(NamedNode.of("node2"), "a", true);
        assertThat(open.executions(one, String::toUpperCase))
                .containsExactlyInAnyOrder(
                        new ServerCounts.Client("node1", "A", 2, 1), new ServerCounts.Client("node1", "B", 1, 0));
        assertThat(open.executions(NamedNode.of("node3"), text -> text)).isEmpty();
    }

    private void succeed(long since, long latency) {
        open.succeeded("r", Role.REPLICA, first + since, 0, first + since + latency);
    }

    private void fail(long since, SqlFailure failure) {
        open.failed("r", Role.REPLICA, first + since, failure);
    }

    private Stage stage() {
        return open.measured().map(Stage::of).orElseThrow();
    }

    @Test
    void ofAScenarioOfTheUsersARequestCountsThatBeganBeforeTheFirstOneThatWasNoticed() {
        StageRecorder own = new StageRecorder(StagePlan.own("mine", StagePlan.Model.OPEN), () -> {});
        long noticed = System.nanoTime();
        for (long start : new long[] {noticed, noticed - 1_000_000}) {
            own.begin(start);
            own.succeeded("a", Role.REPLICA, start, 0, start + 1_000);
        }
        assertThat(own.measured().map(Stage::of).orElseThrow().requests()).isEqualTo(2);
    }
}
