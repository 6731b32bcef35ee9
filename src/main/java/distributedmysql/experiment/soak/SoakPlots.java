package distributedmysql.experiment.soak;

import distributedmysql.check.Estimate;
import distributedmysql.report.LatencyLines;
import distributedmysql.report.LatencyLines.Percentiles;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.StageInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pictures of throughput and latency over the soak, each with its trend. */
final class SoakPlots {
    private static final Axis TIME = Axis.linear("time, s");
    private static final String READING =
            "One point for each interval. The trend is a line that single outliers do not move; in 95 of 100 cases the true one "
                    + "is within the band. A band that is level, or holds a level line, is no drift.";

    private SoakPlots() {}

    static List<Plot> of(List<StageInterval> intervals, List<Drift> drift) {
        if (intervals.isEmpty()) {
            return List.of();
        }
        List<Series> rate = new ArrayList<>();
        rate.add(Series.line("throughput", intervals, StageInterval::seconds, StageInterval::qps));
        trend("throughput", -1, intervals, drift, StageInterval::qps).ifPresent(rate::add);
        List<Plot> plots = new ArrayList<>();
        plots.add(new Plot("Soak: throughput", READING, TIME, Axis.linear("requests/s"), rate, List.of()));
        List<Series> latency = Stream.concat(
                        LatencyLines.of(
                                intervals,
                                StageInterval::seconds,
                                each -> new Percentiles(each.p50(), each.p95(), each.p99()))
                                .stream(),
                        Stream.of(
                                        trend("p50", 1, intervals, drift, each -> LatencyLines.millis(each.p50())),
                                        trend("p95", 1, intervals, drift, each -> LatencyLines.millis(each.p95())))
                                .flatMap(Optional::stream))
                .toList();
        if (!latency.isEmpty()) {
            plots.add(new Plot("Soak: latency", READING, TIME, LatencyLines.AXIS, latency, List.of()));
        }
        return plots;
    }

    /** @param worse 1 if it gets worse by rising, -1 if by falling */
    private static Optional<Series> trend(
            String measure,
            int worse,
            List<StageInterval> intervals,
            List<Drift> drift,
            Function<StageInterval, @Nullable Double> value) {
        Optional<Drift> known = drift.stream()
                .filter(each -> each.measure().equals(measure) && each.trendPercent() != null)
                .findFirst();
        List<StageInterval> measured =
                intervals.stream().filter(each -> value.apply(each) != null).toList();
        if (known.isEmpty() || measured.size() < 2) {
            return Optional.empty();
        }
        double median = Estimate.median(
                measured.stream().mapToDouble(value::apply).sorted().toArray());
        double from = measured.get(0).seconds();
        double to = measured.get(measured.size() - 1).seconds();
        Estimate slope = known.get().trendPercent().times(worse * median / 100 / (to - from));
        return Optional.of(
                new Trend(slope.value(), slope.low(), slope.high()).line(measure + ": trend", from, to, median));
    }
}
