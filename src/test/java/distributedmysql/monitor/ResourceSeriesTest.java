package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.Verdict;
import distributedmysql.experiment.soak.Leak;
import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceSeriesTest {
    private static final long SECOND = 1_000_000_000;

    private final ResourceSeries series = new ResourceSeries("node1", 0);

    @Test
    void ofAllReadingsThoseInTheLoadsTimeAreTold() {
        for (int second = 0; second < 10; second++) {
            series.add(Quantity.SERVER_CONNECTIONS, second * SECOND, 100 + second);
        }
        series.missing(Quantity.SERVER_ALLOCATED, "refused");
        assertThat(series.in(new LoadTime(3 * SECOND, 6 * SECOND)))
                .containsExactly(
                        new TimeSeries(
                                Quantity.SERVER_CONNECTIONS,
                                "node1",
                                List.of(
                                        new TimeSeries.Point(3, 103),
                                        new TimeSeries.Point(4, 104),
                                        new TimeSeries.Point(5, 105)),
                                null),
                        new TimeSeries(Quantity.SERVER_ALLOCATED, "node1", List.of(), "refused"));
    }

    /** 30 s of load, and 90 s in which requests that hang run into their time-outs. */
    @Test
    void whatGrowsUnderLoadIsALeakThoughNothingGrowsAfterIt() {
        for (int second = 0; second < 120; second++) {
            series.add(Quantity.SERVER_STATEMENTS, second * SECOND, Math.min(second, 30) * 10);
        }
        Leak.Rule rule = new Leak.Rule(0.2, 10);
        Leak leak = Leak.of(series.in(new LoadTime(0, 30 * SECOND)).get(0), 1, rule);
        assertThat(leak.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(leak.slopePerSecond()).isEqualTo(10);
        assertThat(leak.samples()).isEqualTo(24);
        Leak diluted = Leak.of(series.in(new LoadTime(0, 120 * SECOND)).get(0), 1, rule);
        assertThat(diluted.slopePerSecond()).isZero();
    }
}
