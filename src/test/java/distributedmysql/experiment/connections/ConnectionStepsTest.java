package distributedmysql.experiment.connections;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.connections.ConnectionSteps.After;
import distributedmysql.experiment.connections.ConnectionSteps.Limit;
import distributedmysql.experiment.connections.ConnectionSteps.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionStepsTest {
    private static final Limit LIMIT = new Limit(151, 3);
    private static final Step TEN = new Step(10, 10, 0, 0, 0, 4_000, "");
    private static final Step FIFTY = new Step(50, 50, 0, 0, 0, 9_700, "");
    private static final Step HUNDRED = new Step(100, 100, 0, 0, 0, 10_000, "");
    private static final Step REFUSED = new Step(150, 148, 2, 0, 0, 11_000, "");

    @Test
    void recommendsNothingWhereSomethingElseThanTheServerWasTheLimit() {
        String limit = "limited by external.max-rate = 500";
        List<Step> steps = List.of(new Step(10, 10, 0, 0, 0, 480, ""), new Step(20, 20, 0, 0, 0, 499, limit));

        assertThat(ConnectionSteps.recommend(steps))
                .isEqualTo(new ConnectionSteps.Recommendation(
                        null, limit + " from 20 connections on: how many are worth having is not known"));
        assertThat(ConnectionSteps.check(steps, LIMIT).verdict()).isEqualTo(Verdict.VALID);
        assertThat(ConnectionSteps.check(steps, LIMIT).evidence()).endsWith("; " + limit);
    }

    @Test
    void whatOnlyTheCapKeptWaitingIsUnknown() {
        String limit = "limited by external.max-rate = 20";
        for (Step step : List.of(
                new Step(20, 20, 0, 0, 3, 5, limit),
                new Step(20, 12, 0, 0, 9, 0, limit),
                new Step(20, 12, 0, 0, 0, 5, limit))) {
            CheckResult result = ConnectionSteps.check(List.of(TEN, step), LIMIT);
            assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(result.evidence()).startsWith("limited by external.max-rate: 20 connections: ");
            assertThat(result.next()).startsWith("Raise external.max-rate");
        }
        for (Step step : List.of(
                new Step(20, 12, 0, 1, 3, 5, limit),
                new Step(20, 20, 0, 0, 0, 0, limit),
                new Step(20, 19, 1, 0, 3, 5, limit))) {
            assertThat(ConnectionSteps.check(List.of(TEN, step), LIMIT).verdict())
                    .isEqualTo(Verdict.INVALID);
        }
        assertThat(ConnectionSteps.recommend(List.of(new Step(20, 20, 0, 0, 3, 5, "")))
                        .connections())
                .isNull();
    }

    @Test
    void theFewestConnectionsWithNearlyTheBestThroughputAreRecommended() {
        var recommendation = ConnectionSteps.recommend(List.of(TEN, FIFTY, HUNDRED, REFUSED));

        assertThat(recommendation.connections()).isEqualTo(50);
        assertThat(recommendation.reason())
                .isEqualTo("50 reach 9,700 requests/s, 97 % of the best of all steps (10,000);"
                        + " more do not raise it by more than 5 %");
    }

    @Test
    void whereThroughputStillGrowsTheReasonSaysSo() {
        var recommendation = ConnectionSteps.recommend(List.of(TEN, FIFTY));

        assertThat(recommendation.connections()).isEqualTo(50);
        assertThat(recommendation.reason()).endsWith("so more may be better still");
    }

    @Test
    void stepsWithErrorsRecommendNothing() {
        assertThat(ConnectionSteps.recommend(List.of(REFUSED, new Step(10, 10, 0, 1, 0, 100, "")))
                        .connections())
                .isNull();
        assertThat(ConnectionSteps.recommend(List.of()).connections()).isNull();
    }

    @Test
    void theFirstRefusedStepMeetsTheLimit() {
        List<Step> steps = List.of(TEN, REFUSED, new Step(200, 148, 9, 0, 0, 11_000, ""));

        assertThat(ConnectionSteps.limitMet(steps)).contains(REFUSED);
        assertThat(ConnectionSteps.check(steps, LIMIT))
                .isEqualTo(CheckResult.valid(
                        "connection steps",
                        "max_connections 151, 3 in use before; the limit is met at the step of 150 with 148 open,"
                                + " error 1040 2 times"));
    }

    @Test
    void aLimitThatIsNotMetIsValidToo() {
        assertThat(ConnectionSteps.check(List.of(TEN, HUNDRED), LIMIT).verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void refusedConnectionsThatTheServerHasAreInvalid() {
        CheckResult result = ConnectionSteps.check(List.of(new Step(100, 90, 1, 0, 0, 10, "")), LIMIT);

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith("100 connections: refused, though they fit");
    }

    @Test
    void otherErrorsSilenceAndMissingConnectionsAreInvalid() {
        assertThat(ConnectionSteps.check(List.of(new Step(10, 10, 0, 2, 0, 10, "")), LIMIT)
                        .evidence())
                .startsWith("10 connections: 2 other errors than 1040");
        assertThat(ConnectionSteps.check(List.of(new Step(10, 10, 0, 0, 0, 0, "")), LIMIT)
                        .verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(ConnectionSteps.check(List.of(new Step(10, 9, 0, 0, 0, 10, "")), LIMIT)
                        .verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void withoutStepsNothingIsKnown() {
        assertThat(ConnectionSteps.check(List.of(), LIMIT).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aServerThatHasNothingLeftOfTheStepsIsValidWhateverOthersDo() {
        assertThat(ConnectionSteps.after(LIMIT, new After(5, 0, true)))
                .isEqualTo(CheckResult.valid("connections after the steps", "Threads_connected 3 before, 5 after"));
    }

    @Test
    void connectionsThatAreLeftOverAreInvalid() {
        assertThat(ConnectionSteps.after(LIMIT, new After(5, 2, true)))
                .isEqualTo(CheckResult.invalid(
                        "connections after the steps",
                        "2 connections of the steps left over; Threads_connected 3 before, 5 after"));
    }

    @Test
    void aServerThatDoesNotAnswerIsInvalid() {
        assertThat(ConnectionSteps.after(LIMIT, new After(3, 0, false)).verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void theEdgesBelongToWhatIsAllowed() {
        assertThat(ConnectionSteps.check(List.of(new Step(148, 147, 1, 0, 0, 10, "")), LIMIT))
                .isEqualTo(CheckResult.invalid(
                        "connection steps",
                        "148 connections: refused, though they fit; max_connections 151, 3 in use before; the limit is"
                                + " met at the step of 148 with 147 open, error 1040 1 time"));
        assertThat(ConnectionSteps.recommend(List.of(new Step(20, 20, 0, 0, 0, 9_500, ""), HUNDRED))
                        .connections())
                .isEqualTo(20);
        assertThat(ConnectionSteps.recommend(List.of(new Step(20, 20, 0, 0, 0, 0, "")))
                        .connections())
                .isNull();
    }
}
