package distributedmysql.report;

import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pictures of the machine. */
final class MachinePlots {
    private MachinePlots() {}

    /** None where nothing was read. */
    static List<Plot> of(Machine machine) {
        if (machine.use() == null) {
            return List.of();
        }
        List<ProcessorTime> times = machine.use().overTime();
        List<Series> series = Stream.of(
                        line("all processes", times, ProcessorTime::busyPercent),
                        line("load generator", times, ProcessorTime::clientPercent),
                        line("servers under test", times, ProcessorTime::serversPercent))
                .filter(each -> each.points().stream().map(Point::y).anyMatch(Objects::nonNull))
                .toList();
        return series.isEmpty()
                ? List.of()
                : List.of(new Plot(
                        "Processor time",
                        "Of all processors of the machine that the load comes from. What is between all processes and the "
                                + "others is taken by others; near 100 %, figures say more about this machine than about the servers.",
                        Axis.linear("time since the first reading, s"),
                        Axis.linear("processor time, %"),
                        series,
                        List.of()));
    }

    private static Series line(
            String name, List<ProcessorTime> times, Function<ProcessorTime, @Nullable Double> percent) {
        return Series.line(
                name,
                times.stream()
                        .map(time -> Point.of(time.seconds(), percent.apply(time)))
                        .toList());
    }
}
