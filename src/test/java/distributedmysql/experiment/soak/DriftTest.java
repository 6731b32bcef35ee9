package distributedmysql.experiment.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.soak.Drift.Worse;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
    @Test
    void aSteadyNoisyLatencyIsValid() {
        Random random = new Random(1);

        CheckResult result = Drift.of("p50", Worse.HIGHER, 20, points(60, i -> 1_000 + 100 * random.nextGaussian()))
                .check();

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.name()).isEqualTo("drift: p50");
        assertThat(result.evidence()).contains("of 60 intervals", "at most 20.0 % is allowed");
    }

    @Test
    void aSmallDriftIsSaidInTenthsAndNoneAsZero() {
        assertThat(Drift.of("p50", Worse.HIGHER, 20, points(60, i -> 1_000 + 0.05 * i))
                        .check()
                        .evidence())
                .contains("worse by 0.3 % (95 %: 0.3 to 0.3)");
        assertThat(Drift.of("p50", Worse.HIGHER, 20, points(60, i -> 1_000 - 0.005 * i))
                        .check()
                        .evidence())
                .contains("worse by 0.0 % (95 %: 0.0 to 0.0)");
    }

    @Test
    void ofALimitedLoadNothingIsSaidAndTheFiguresStay() {
        Drift drift = Drift.of("p50", Worse.HIGHER, 20, points(60, i -> 1_000 + 10 * i));

        Drift limited = drift.ofALimitedLoad();

        assertThat(limited.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(limited.check().evidence()).isEqualTo(drift.check().evidence());
    }

    @Test
    void aLatencyThatRisesIsInvalid() {
        Random random = new Random(1);

        Drift drift = Drift.of("p50", Worse.HIGHER, 20, points(60, i -> 1_000 + 10 * i + 100 * random.nextGaussian()));

        assertThat(drift.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(drift.trendPercent().low()).isGreaterThan(20);
        assertThat(drift.lastThirdPercent().low()).isGreaterThan(20);
    }

    @Test
    void aThroughputThatFallsIsInvalidAndOneThatRisesIsNot() {
        assertThat(Drift.of("throughput", Worse.LOWER, 10, points(60, i -> 100 - 0.5 * i))
                        .verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(Drift.of("throughput", Worse.LOWER, 10, points(60, i -> 100 + 0.5 * i))
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void aStepIsFoundByTheLastThird() {
        Drift drift = Drift.of("throughput", Worse.LOWER, 10, points(60, i -> i < 50 ? 100 : 60));

        assertThat(drift.verdict()).isNotEqualTo(Verdict.VALID);
    }

    @Test
    void oneOutlierIsNoDrift() {
        assertThat(Drift.of("p95", Worse.HIGHER, 20, points(60, i -> i == 58 ? 1e6 : 1_000 + i % 7))
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void tooMuchNoiseForTheLimitIsUnknown() {
        Random random = new Random(1);

        assertThat(Drift.of("p95", Worse.HIGHER, 5, points(20, i -> 1_000 + 500 * random.nextGaussian()))
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void tooFewIntervalsAreUnknown() {
        CheckResult result =
                Drift.of("p50", Worse.HIGHER, 20, points(11, i -> 1_000)).check();

        assertThat(result)
                .isEqualTo(CheckResult.unknown("drift: p50", "11 intervals with a value; at least 12 are needed"));
    }

    @Test
    void noThroughputAtAllIsUnknown() {
        assertThat(Drift.of("throughput", Worse.LOWER, 10, points(60, i -> 0)).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theFiguresAreOfTheMedianAndOfTheTimeFromFirstToLast() {
        List<Drift.Point> points = IntStream.range(0, 12)
                .mapToObj(i -> new Drift.Point(100 + i, i == 5 || i == 6 ? 1_000 : 10 + i))
                .toList();

        Drift drift = Drift.of("p50", Worse.HIGHER, 20, points);

        // The median is 17.5: 1 per second for 11 s, and 8 from the first third to the last.
        assertThat(drift.trendPercent().value()).isCloseTo(100 * 11 / 17.5, within(1e-9));
        assertThat(drift.lastThirdPercent().value()).isCloseTo(100 * 8 / 17.5, within(1e-9));
        assertThat(drift.check().evidence())
                .startsWith("worse by 62.9 % (95 %: ")
                .contains(" from first to last of 12 intervals, by 45.7 % (95 %: 28.6 to 62.9) in the last third");
    }

    private static List<Drift.Point> points(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Drift.Point(i, value.applyAsDouble(i)))
                .toList();
    }
}
