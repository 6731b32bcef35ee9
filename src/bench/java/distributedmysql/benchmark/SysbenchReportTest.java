package distributedmysql.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** With the whole output of a run of sysbench 1.0.20 with a checkpoint and a histogram. */
class SysbenchReportTest {
    private final String output = Captured.text("sysbench-1.0.20.txt");

    SysbenchReportTest() throws IOException {}

    @Test
    void readsWhatWasMeasuredAfterTheCheckpoint() {
        ToolReport report = SysbenchReport.parse(output);

        assertThat(report.requestsPerSecond()).isEqualTo(35_857.17);
        assertThat(report.failed()).isZero();
        assertThat(report.latencyMicros().max()).isEqualTo(70_090);
    }

    /** sysbench says itself: 95th percentile 1.12 ms. */
    @Test
    void takesPercentilesFromTheHistogram() {
        Latencies latencies = SysbenchReport.parse(output).latencyMicros();

        assertThat(latencies.p95()).isBetween(1_110L, 1_130L);
        assertThat(latencies.p50()).isLessThan(latencies.p95());
        assertThat(latencies.p99()).isGreaterThan(latencies.p95());
    }

    @Test
    void countsRetriedTransactionsAsFailed() {
        String some = output.replaceAll("ignored errors:  ( *)0 ", "ignored errors:  $112");

        assertThat(SysbenchReport.parse(some).failed()).isEqualTo(12);
    }

    @Test
    void refusesAnOutputWithoutItsHistogram() {
        String without = output.replace("Latency histogram", "Histogram");

        assertThatThrownBy(() -> SysbenchReport.parse(without))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("Latency histogram");
    }

    @Test
    void refusesAHistogramThatDoesNotFitTheTotals() {
        String halved = output.replaceFirst("transactions:( *)143613", "transactions:$171806");

        assertThatThrownBy(() -> SysbenchReport.parse(halved))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("143608 in its histogram, 71806 transactions");
    }

    @Test
    void refusesAnOutputThatEndsTooSoon() {
        String cut = output.substring(0, output.lastIndexOf("Latency (ms)"));

        assertThatThrownBy(() -> SysbenchReport.parse(cut)).isInstanceOf(BenchmarkException.class);
    }
}
