package distributedmysql.experiment.performance;

import distributedmysql.experiment.performance.Scalability.Law;
import distributedmysql.report.LatencyLines;
import distributedmysql.report.LatencyLines.Percentiles;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Plot.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The pictures of the curve of the maximum throughput. */
final class PerformancePlots {
    private static final Axis CONNECTIONS = Axis.logarithmic("connections in use at once");
    private static final int POINTS_OF_LAW = 60;

    private PerformancePlots() {}

    /** None where no step was run to its end. */
    static List<Plot> of(MaxThroughput max, Scalability scalability) {
        List<CurvePoint> curve = max.curve();
        if (curve.isEmpty()) {
            return List.of();
        }
        List<Mark> objective = crossed(max);
        List<Plot> plots = new ArrayList<>(List.of(throughput(curve, scalability, objective)));
        List<Series> latency = LatencyLines.of(
                curve, CurvePoint::concurrency, point -> new Percentiles(point.p50(), point.p95(), point.p99()));
        if (!latency.isEmpty()) {
            plots.add(new Plot(
                    "Latency by connections",
                    "What a read costs with that many connections busy at once. Where throughput no longer grows, each "
                            + "further connection only makes the others wait.",
                    CONNECTIONS,
                    LatencyLines.AXIS,
                    latency,
                    objective));
        }
        return plots;
    }

    private static Plot throughput(List<CurvePoint> curve, Scalability scalability, List<Mark> objective) {
        List<Series> series = new ArrayList<>();
        series.add(new Series(
                "measured",
                Style.POINTS,
                curve.stream()
                        .map(point -> Point.of(point.concurrency(), point.qps()))
                        .toList()));
        List<Mark> marks = new ArrayList<>(objective);
        Law law = scalability.law();
        if (law != null && scalability.poor() == null) {
            series.add(Series.line(
                    "Universal Scalability Law", line(law, curve.get(0).concurrency())));
            if (law.kneeConnections() != null
                    && law.kneeConnections() >= curve.get(0).concurrency()
                    && law.kneeConnections() <= law.twiceConnections()) {
                marks.add(new Mark(law.kneeConnections(), "knee"));
            }
        }
        return new Plot(
                "Throughput by connections",
                law == null || scalability.poor() != null
                        ? "Reads per second on the replicas. No law is drawn, because "
                                + (law == null ? scalability.reason() : "it fits poorly: " + scalability.poor()) + "."
                        : "Reads per second on the replicas, and the law that is nearest to them. Right of the knee, more "
                                + "connections carry less. Beyond the last point the law predicts.",
                CONNECTIONS,
                Axis.linear("requests/s"),
                series,
                marks);
    }

    /** From the first number of connections of the curve to twice its last one, at equal places of the logarithmic axis. */
    private static List<Point> line(Law law, int first) {
        double growth = (double) law.twiceConnections() / first;
        return IntStream.rangeClosed(0, POINTS_OF_LAW)
                .mapToDouble(i -> first * Math.pow(growth, (double) i / POINTS_OF_LAW))
                .mapToObj(connections -> Point.of(connections, law.rate(connections)))
                .toList();
    }

    /** Where p95 first passes the objective: between the two points around it, on a straight line of the logarithms. */
    private static List<Mark> crossed(MaxThroughput max) {
        long limit = max.objective().p95Micros();
        List<CurvePoint> curve = max.curve();
        for (int i = 1; i < curve.size(); i++) {
            CurvePoint before = curve.get(i - 1);
            CurvePoint after = curve.get(i);
            if (before.p95() != null && after.p95() != null && before.p95() <= limit && after.p95() > limit) {
                double share = Math.log((double) limit / Math.max(1, before.p95()))
                        / Math.log((double) after.p95() / Math.max(1, before.p95()));
                double growth = (double) after.concurrency() / before.concurrency();
                String label = String.format(
                        Locale.ROOT,
                        "p95 above %s ms",
                        Double.toString(limit / 1e3).replaceAll("\\.0$", ""));
                return List.of(new Mark(before.concurrency() * Math.pow(growth, share), label));
            }
        }
        return List.of();
    }
}
