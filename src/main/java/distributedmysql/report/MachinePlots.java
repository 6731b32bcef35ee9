package distributedmysql.report;

import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Series;
import java.util.List;
import java.util.stream.Stream;

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
                        Series.line("all processes", times, ProcessorTime::seconds, ProcessorTime::busyPercent),
                        Series.line("load generator", times, ProcessorTime::seconds, ProcessorTime::clientPercent),
                        Series.line("servers under test", times, ProcessorTime::seconds, ProcessorTime::serversPercent))
                .filter(Series::hasValue)
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
}
