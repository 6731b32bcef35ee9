package distributedmysql.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final LoadPlan plan = new LoadPlan(Workload.POINT_SELECT, 16, null, null, 1000, 2, 3);

    @Test
    void ratiosAreOfPairsAndNotOfMedians() {
        // The machine is twice as slow for both in the second repetition.
        List<Summary> summaries = Summary.of(List.of(
                measured(GeneratorKind.SYSBENCH, 1, 20_000),
                measured(GeneratorKind.ROUTED, 1, 18_000),
                measured(GeneratorKind.SYSBENCH, 2, 10_000),
                measured(GeneratorKind.ROUTED, 2, 8_000)));

        assertThat(summaries)
                .extracting(Summary::generator)
                .containsExactly(GeneratorKind.SYSBENCH, GeneratorKind.ROUTED);
        assertThat(summaries.get(1).requestsPerSecond()).isEqualTo(new Spread(8_000, 13_000, 18_000));
        assertThat(summaries.get(1).rateToSysbench().min()).isEqualTo(0.8);
        assertThat(summaries.get(1).rateToSysbench().max()).isEqualTo(0.9);
    }

    @Test
    void withoutSysbenchThereAreNoRatios() {
        Summary alone =
                Summary.of(List.of(measured(GeneratorKind.ROUTED, 1, 18_000))).get(0);

        assertThat(alone.rateToSysbench()).isNull();
        assertThat(SummaryTable.of(List.of(alone)))
                .contains("point-select, 16 connections")
                .contains("18,000");
    }

    @Test
    void aRateIsThatOfTheMeasuredWindow() {
        // 1,000/s in the two seconds of warm-up, then 2,000/s with 30 µs of processor time each.
        List<Reading> readings = List.of(
                reading(0, 0),
                reading(1, 1000),
                reading(2, 2000),
                reading(3, 4000),
                reading(4, 6000),
                reading(5, 8000));

        Measurement measurement = Measurement.of(GeneratorKind.ROUTED, plan, 1, readings, java.util.Optional.empty());

        assertThat(measurement.requestsPerSecond()).isEqualTo(2000);
        assertThat(measurement.clientCpuMicrosPerRequest()).isEqualTo(30);
        assertThat(measurement.secondsToSteady()).isEqualTo(3);
        assertThat(measurement.requestsEachSecond()).containsExactly(1000L, 1000L, 2000L, 2000L, 2000L);
    }

    private static Reading reading(int second, long requests) {
        return new Reading(second * 1_000_000_000L, requests, requests * 30, requests * 80, 1 << 20);
    }

    private Measurement measured(GeneratorKind generator, int repetition, double rate) {
        return new Measurement(generator, plan, repetition, rate, 30, 80, 1 << 20, 1, List.of(), null);
    }
}
