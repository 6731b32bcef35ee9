package distributedmysql.report;

import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Scale;
import distributedmysql.report.Plot.Series;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The lines of three percentiles of a latency in a {@link Plot}, in milliseconds on {@link #AXIS}. */
public final class LatencyLines {
    public static final Axis AXIS = Axis.logarithmic("latency, ms");
    public static final Axis PERCENTILES = new Axis("percentile", Scale.PERCENTILE);

    /** Microseconds; null where nothing was answered. */
    public record Percentiles(
            @Nullable Long p50,
            @Nullable Long p95,
            @Nullable Long p99) {
        /** None where nothing was answered. */
        public static Percentiles of(@Nullable LatencySummary latency) {
            return latency == null
                    ? new Percentiles(null, null, null)
                    : new Percentiles(latency.p50(), latency.p95(), latency.p99());
        }
    }

    private LatencyLines() {}

    /**
     * A line for each percentile, with a gap where nothing was answered; none if nothing was answered anywhere.
     *
     * @param measured by rising x
     */
    public static <T> List<Series> of(List<T> measured, ToDoubleFunction<T> x, Function<T, Percentiles> percentiles) {
        return Stream.of(
                        line("p50", measured, x, each -> percentiles.apply(each).p50()),
                        line("p95", measured, x, each -> percentiles.apply(each).p95()),
                        line("p99", measured, x, each -> percentiles.apply(each).p99()))
                .filter(Series::hasValue)
                .toList();
    }

    private static <T> Series line(
            String name, List<T> measured, ToDoubleFunction<T> x, Function<T, @Nullable Long> micros) {
        return Series.line(name, measured, x, each -> millis(micros.apply(each)));
    }

    /** A line for each latency that is known, on an axis of percentiles; empty if none is. */
    public static <T> Optional<Plot> distributions(
            String title,
            String reading,
            List<T> all,
            Function<T, String> name,
            Function<T, @Nullable LatencySummary> latency) {
        List<Series> series = all.stream()
                .filter(each -> latency.apply(each) != null)
                .map(each -> byPercentile(name.apply(each), latency.apply(each)))
                .toList();
        return series.isEmpty()
                ? Optional.empty()
                : Optional.of(new Plot(title, reading, PERCENTILES, AXIS, series, List.of()));
    }

    /** Of a plot whose horizontal axis is of percentiles. */
    public static Series byPercentile(String name, LatencySummary latency) {
        return Series.line(
                name,
                List.of(
                        Point.of(50, millis(latency.p50())),
                        Point.of(90, millis(latency.p90())),
                        Point.of(95, millis(latency.p95())),
                        Point.of(99, millis(latency.p99())),
                        Point.of(99.9, millis(latency.p999()))));
    }

    /** Null of null, and of 0, which has no place on a logarithmic axis. */
    public static @Nullable Double millis(@Nullable Long micros) {
        return micros == null || micros == 0 ? null : Double.valueOf(micros / 1e3);
    }
}
