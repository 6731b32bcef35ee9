package distributedmysql.experiment.soak;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeakTest {
    private static final Leak.Rule RULE = new Leak.Rule(0.25, 30);
    private static final double LIMIT = 1_000;

    @Test
    void whatGrowsBeyondTheLimitIsInvalid() {
        Leak leak = Leak.of(series("node1", 60, i -> 5_000.0 * i + 3_000 * (i % 4)), LIMIT, RULE);

        assertThat(leak.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(leak.slopePerSecond()).isBetween(4_500.0, 5_500.0);
        assertThat(leak.ci95().low()).isGreaterThan(LIMIT);
        assertThat(leak.reason()).isNull();
    }

    @Test
    void aNoisyLevelIsValid() {
        Random random = new Random(2);

        assertThat(Leak.of(series("node1", 60, i -> 1e6 + 5_000 * random.nextGaussian()), LIMIT, RULE)
                        .verdict())
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void growthInTheWarmUpIsNoLeak() {
        Leak leak = Leak.of(series("node1", 60, i -> Math.min(i, 12) * 1e6), LIMIT, RULE);

        assertThat(leak.verdict()).isEqualTo(Verdict.VALID);
        assertThat(leak.samples()).isEqualTo(45);
    }

    @Test
    void noiseThatHidesTheLimitIsUnknown() {
        Random random = new Random(2);

        Leak leak = Leak.of(series("node1", 60, i -> 1_000 * i + 50_000 * random.nextGaussian()), LIMIT, RULE);

        assertThat(leak.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(leak.reason()).isEqualTo("the limit is in the interval");
    }

    @Test
    void aShortSeriesIsUnknownHoweverSteep() {
        Leak leak = Leak.of(series("node1", 35, i -> 1e6 * i), LIMIT, RULE);

        assertThat(leak.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(leak.slopePerSecond()).isEqualTo(1e6);
        assertThat(leak.reason()).isEqualTo("measured for 25.0 s after the warm-up; at least 30.0 s are needed");
    }

    @Test
    void fewReadingsAreUnknownAndSayWhy() {
        TimeSeries none = new TimeSeries(Quantity.CLIENT_HEAP, "client", List.of(), "no collection happened");

        Leak leak = Leak.of(none, LIMIT, RULE);

        assertThat(leak.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(leak.slopePerSecond()).isNull();
        assertThat(leak.reason())
                .isEqualTo("0 readings after the warm-up; at least 10 are needed (no collection happened)");
    }

    @Test
    void oneLeakingNodeDecidesTheCheck() {
        Leak level = Leak.of(series("node1", 60, i -> 1e6), LIMIT, RULE);
        Leak growing = Leak.of(series("node2", 60, i -> 2_000 * i), LIMIT, RULE);
        Leak tooShort = Leak.of(series("node3", 20, i -> 1e6), LIMIT, RULE);

        assertThat(Leak.check(Quantity.SERVER_RESIDENT, List.of(level)).verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(Leak.check(Quantity.SERVER_RESIDENT, List.of(level, tooShort))
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(Leak.check(Quantity.SERVER_RESIDENT, List.of(level, tooShort, growing)))
                .isEqualTo(CheckResult.invalid(
                        "leak: server resident memory",
                        "node2: grows by 2,000 bytes/s (95 %: 2,000 to 2,000, 45 readings); node1: grows by 0 bytes/s"
                                + " (95 %: 0 to 0, 45 readings); at most 1,000 bytes/s is allowed"));
    }

    @Test
    void whatWasNotReadIsUnknown() {
        assertThat(Leak.check(Quantity.CLIENT_FILES, List.of()))
                .isEqualTo(CheckResult.unknown("leak: client open files", "it was not read"));
    }

    @Test
    void theWarmUpEndsWithTheReadingAtItsEnd() {
        TimeSeries.Point[] points = IntStream.rangeClosed(0, 40)
                .mapToObj(i -> new TimeSeries.Point(1_000 + i, i < 10 ? 1e9 * i : 0.5 * i))
                .toArray(TimeSeries.Point[]::new);

        Leak leak = Leak.of(new TimeSeries(Quantity.CLIENT_HEAP, "client", List.of(points), null), LIMIT, RULE);

        assertThat(leak.samples()).isEqualTo(31);
        assertThat(leak.verdict()).as("30 s are enough").isEqualTo(Verdict.VALID);
        assertThat(Leak.check(Quantity.CLIENT_HEAP, List.of(leak)).evidence())
                .isEqualTo("client: grows by 0.500 bytes/s (95 %: 0.500 to 0.500, 31 readings);"
                        + " at most 1,000 bytes/s is allowed");
    }

    @Test
    void tenReadingsAreEnough() {
        assertThat(Leak.of(series("node1", 10, i -> 150.5 * i), LIMIT, new Leak.Rule(0, 9)))
                .satisfies(leak -> assertThat(leak.verdict()).isEqualTo(Verdict.VALID))
                .satisfies(leak -> assertThat(Leak.check(Quantity.SERVER_RESIDENT, List.of(leak))
                                .evidence())
                        .startsWith("node1: grows by 151 bytes/s"));
        assertThat(Leak.of(series("node1", 9, i -> 0), LIMIT, new Leak.Rule(0, 8))
                        .reason())
                .isEqualTo("9 readings after the warm-up; at least 10 are needed");
    }

    @Test
    void theLeaksOfOtherQuantitiesAreNotThoseOfACheck() {
        Leak files = Leak.of(
                new TimeSeries(Quantity.CLIENT_FILES, "client", List.of(), "no /proc"), 1.5, new Leak.Rule(0.25, 30));
        Leak growing = Leak.of(series("node2", 60, i -> 2_000 * i), LIMIT, RULE);

        assertThat(Leak.check(Quantity.CLIENT_FILES, List.of(growing, files)))
                .isEqualTo(CheckResult.unknown(
                        "leak: client open files",
                        "client: 0 readings after the warm-up; at least 10 are needed (no /proc);"
                                + " at most 1.500 files/s is allowed"));
        assertThat(Quantity.CLIENT_FILES.label()).isEqualTo("client open files");
    }

    private static TimeSeries series(String node, int count, IntToDoubleFunction value) {
        return new TimeSeries(
                Quantity.SERVER_RESIDENT,
                node,
                IntStream.range(0, count)
                        .mapToObj(i -> new TimeSeries.Point(i, value.applyAsDouble(i)))
                        .toList(),
                null);
    }
}
