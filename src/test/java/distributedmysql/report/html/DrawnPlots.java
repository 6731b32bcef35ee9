package distributedmysql.report.html;

import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Scale;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Plot.Style;
import distributedmysql.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Pictures with everything that a picture can have. */
final class DrawnPlots {
    private DrawnPlots() {}

    /** A section that has them all. */
    record Drawn(int pictures) implements Section {
        @Override
        public List<String> console(UnaryOperator<String> mark) {
            return List.of("what the console says");
        }

        @Override
        public List<Plot> plots() {
            return all();
        }
    }

    static List<Plot> all() {
        return List.of(logarithmic(), percentile(), bars(), band(), many(), onePoint());
    }

    private static Plot logarithmic() {
        List<Point> measured = points(List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0), x -> 1_800 * x / (1 + 0.03 * (x - 1)));
        List<Point> fitted = points(
                IntStream.range(0, 60).mapToObj(i -> Math.pow(2, i / 10.0)).toList(),
                x -> 1_750 * x / (1 + 0.03 * (x - 1)));
        return new Plot(
                "Throughput by connections",
                "The further a measured point lies below the fitted line, the poorer the fit.",
                Axis.logarithmic("connections"),
                Axis.logarithmic("requests per second"),
                List.of(new Series("measured", Style.POINTS, measured), Series.line("fitted", fitted)),
                List.of(new Mark(20, "knee")));
    }

    private static Plot percentile() {
        List<Double> places = List.of(0.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.5, 99.9, 99.99);
        return new Plot(
                "Latency distribution",
                "Each further 9 has the same room.",
                new Axis("percentile", Scale.PERCENTILE),
                Axis.linear("latency, ms"),
                List.of(
                        Series.line("select 200/s", points(places, x -> 1 + 3 / (100.5 - x))),
                        Series.line("mixed 200/s", points(places, x -> 2 + 9 / (101 - x)))),
                List.of());
    }

    private static Plot bars() {
        List<Double> places =
                IntStream.range(0, 120).mapToObj(i -> i / 10.0 - 3).toList();
        return new Plot(
                "Writes around the failover",
                "Where there is no bar, no write was answered.",
                Axis.linear("time since the kill, s"),
                Axis.linear("writes per 100 ms"),
                List.of(
                        new Series("answered", Style.BARS, points(places, x -> x < 0 || x > 2.1 ? 20 : 0)),
                        new Series("failed", Style.BARS, points(places, x -> x > 0 && x < 1.2 ? 12 : 0))),
                List.of(
                        new Mark(0, "primary killed"),
                        new Mark(0.4, "found dead"),
                        new Mark(1.9, "promoted"),
                        new Mark(2.1, "first write"),
                        new Mark(7.5, "former primary follows again")));
    }

    private static Plot band() {
        List<Point> points = List.of(
                new Point(0, 0.71, 0.6, 0.8),
                new Point(5, 0.9, 0.82, 0.94),
                new Point(10, null, null, null),
                new Point(20, 0.97, 0.93, 0.99),
                new Point(50, 1.0, 0.98, 1.0));
        return new Plot(
                "A read is fresh",
                "The band is the 95 % interval.",
                Axis.linear("delay, ms"),
                Axis.linear("probability"),
                List.of(
                        Series.line("replica node2", points),
                        Series.line("primary", points(List.of(0.0, 50.0), x -> 1))),
                List.of());
    }

    /** More than can be told apart. */
    private static Plot many() {
        List<Double> places =
                IntStream.range(0, 20_000).mapToObj(i -> i / 100.0).toList();
        return new Plot(
                "Lag over time",
                "Three ways to measure it.",
                Axis.linear("time, s"),
                Axis.linear("lag, ms"),
                List.of(
                        Series.line("probe", points(places, x -> x == 77.7 ? 400 : 5 + 3 * Math.sin(x))),
                        Series.line("performance_schema", points(places, x -> 4 + 3 * Math.cos(x / 2)))),
                List.of());
    }

    private static Plot onePoint() {
        return new Plot(
                "One value",
                "There is one.",
                Axis.linear("time, s"),
                Axis.linear("MiB"),
                List.of(Series.line("heap", List.of(Point.of(3, 512.0)))),
                List.of());
    }

    private static List<Point> points(List<Double> places, DoubleUnaryOperator value) {
        List<Point> points = new ArrayList<>();
        places.forEach(x -> points.add(Point.of(x, value.applyAsDouble(x))));
        return points;
    }
}
