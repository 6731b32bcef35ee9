package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.ReplicaLag.LagPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagSeriesTest {
    private final LagSeries series = new LagSeries(1_000);

    @Test
    void keepsTheHighestValueOfEachIntervalAndWay() {
        series.add(LagSeries.Way.PROBE, 1_000, 5);
        series.add(LagSeries.Way.PROBE, 1_099, 9);
        series.add(LagSeries.Way.SERVER, 1_050, -3);
        series.add(LagSeries.Way.SECONDS_BEHIND, 1_100, 0);
        assertThat(series.points())
                .containsExactly(new LagPoint(1_000, 9L, -3L, null), new LagPoint(1_100, null, null, 0L));
    }

    @Test
    void aTimeWithoutAValueIsAGap() {
        series.add(LagSeries.Way.PROBE, 1_000, 5);
        series.addMissing(1_250);
        assertThat(series.points())
                .containsExactly(
                        new LagPoint(1_000, 5L, null, null),
                        new LagPoint(1_100, null, null, null),
                        new LagPoint(1_200, null, null, null));
    }

    @Test
    void mergesNeighboursWhenItIsFull() {
        for (int second = 0; second < 3_600; second++) {
            series.add(LagSeries.Way.PROBE, 1_000 + second * 1_000L, second);
        }
        List<LagPoint> points = series.points();
        assertThat(points).hasSizeLessThanOrEqualTo(LagSeries.MOST_POINTS);
        assertThat(series.intervalMillis()).isEqualTo(6_400);
        assertThat(points.get(0)).isEqualTo(new LagPoint(1_000, 6L, null, null));
        assertThat(points.get(1)).isEqualTo(new LagPoint(7_400, 12L, null, null));
        assertThat(points.get(points.size() - 1).probe()).isEqualTo(3_599);
    }
}
