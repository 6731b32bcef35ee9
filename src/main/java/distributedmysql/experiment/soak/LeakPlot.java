package distributedmysql.experiment.soak;

import distributedmysql.check.Estimate;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The picture of what one quantity did on one node. */
final class LeakPlot {
    private static final double MEBI = 1 << 20;

    private LeakPlot() {}

    /** Empty if it was not read. */
    static Optional<Plot> of(Leak leak) {
        if (leak.readings().isEmpty()) {
            return Optional.empty();
        }
        boolean bytes = leak.unit().equals("bytes");
        double divisor = bytes ? MEBI : 1;
        List<Series> series = new ArrayList<>();
        series.add(Series.line("read", leak.readings(), Leak.Reading::seconds, reading -> reading.value() / divisor));
        if (leak.slopePerSecond() != null && leak.ci95() != null) {
            addTrend(leak, divisor, series);
        }
        return Optional.of(new Plot(
                leak.node().equals("client")
                        ? leak.quantity().label()
                        : leak.quantity().label() + " of " + leak.node(),
                "Right of the mark it may grow no faster than the line of the limit. The trend is a line that single "
                        + "outliers do not move; in 95 of 100 cases the true one is within the band.",
                Axis.linear("time, s"),
                Axis.linear(bytes ? "MiB" : leak.unit()),
                series,
                leak.judgedFromSeconds() == null
                        ? List.of()
                        : List.of(new Mark(leak.judgedFromSeconds(), "warm-up ends"))));
    }

    private static void addTrend(Leak leak, double divisor, List<Series> series) {
        List<Leak.Reading> judged = leak.readings().stream()
                .filter(reading -> reading.seconds() >= leak.judgedFromSeconds())
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        double from = judged.get(0).seconds();
        double to = judged.get(judged.size() - 1).seconds();
        double middle = (from + to) / 2;
        double slope = leak.slopePerSecond();
        double middleValue = Estimate.median(judged.stream()
                .mapToDouble(reading -> reading.value() + slope * (middle - reading.seconds()))
                .sorted()
                .toArray());
        series.add(new Trend(
                        slope / divisor,
                        leak.ci95().low() / divisor,
                        leak.ci95().high() / divisor)
                .line("trend", from, to, middleValue / divisor));
        double start = middleValue + slope * (from - middle);
        series.add(Series.line(
                "limit",
                List.of(
                        Point.of(from, start / divisor),
                        Point.of(to, (start + leak.limit() * (to - from)) / divisor))));
    }
}
