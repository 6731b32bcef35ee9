package distributedmysql.experiment.connections;

import distributedmysql.report.LatencyLines;
import distributedmysql.report.LatencyLines.Percentiles;
import distributedmysql.report.LatencySummary;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pictures of the steps of connections. */
final class ConnectionsPlots {
    private static final Axis CONNECTIONS = Axis.logarithmic("connections asked for");

    private ConnectionsPlots() {}

    static List<Plot> of(ConnectionsSection section) {
        List<ConnectionStepReport> steps = section.steps();
        if (steps == null || steps.isEmpty()) {
            return List.of();
        }
        List<Mark> marks = marks(section.limit());
        List<Plot> plots = new ArrayList<>();
        plots.add(new Plot(
                "Connection steps: throughput",
                "Reads per second on the primary. More connections than recommended bring no more throughput; from the "
                        + "limit on, the server refuses further ones.",
                CONNECTIONS,
                Axis.linear("requests/s"),
                List.of(Series.line("throughput", steps, ConnectionStepReport::connections, ConnectionStepReport::qps)),
                marks));
        add(
                "Connection steps: latency",
                "What a read costs with that many connections; the wait for one of them is part of it.",
                steps,
                ConnectionStepReport::latencyMicros,
                marks,
                plots);
        add(
                "Connection steps: time to connect",
                "How long it took to open a connection, one after the other. A pool that is too small pays for what rises here.",
                steps,
                ConnectionStepReport::connectMicros,
                marks,
                plots);
        return plots;
    }

    private static void add(
            String title,
            String reading,
            List<ConnectionStepReport> steps,
            Function<ConnectionStepReport, @Nullable LatencySummary> micros,
            List<Mark> marks,
            List<Plot> plots) {
        List<Series> series =
                LatencyLines.of(steps, ConnectionStepReport::connections, step -> Percentiles.of(micros.apply(step)));
        if (!series.isEmpty()) {
            plots.add(new Plot(title, reading, CONNECTIONS, LatencyLines.AXIS, series, marks));
        }
    }

    private static List<Mark> marks(ConnectionsSection.@Nullable Limit limit) {
        List<Mark> marks = new ArrayList<>();
        if (limit != null && limit.recommendedConnections() != null) {
            marks.add(new Mark(limit.recommendedConnections(), "recommended"));
        }
        if (limit != null && limit.limitMetAt() != null) {
            marks.add(new Mark(limit.maxConnections(), "max_connections"));
        }
        return marks;
    }
}
