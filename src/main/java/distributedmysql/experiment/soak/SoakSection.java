package distributedmysql.experiment.soak;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.report.Figure;
import distributedmysql.report.Figure.Question;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import distributedmysql.report.StageInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What the soak has measured beside its stage. */
@JsonClassDescription("A mixed load at a fixed rate; absent if it did not run to its end.")
public record SoakSection(
        @JsonPropertyDescription("Name of the stage in stages that has the sums.")
        String stage,

        @JsonPropertyDescription("Length of each interval, in seconds.") @JsonRule("exclusiveMinimum: 0")
        double intervalSeconds,

        @JsonPropertyDescription("Throughput and latency over time.")
        List<StageInterval> intervals,

        @JsonPropertyDescription("Whether the load gets worse over time.")
        List<Drift> drift,

        @JsonPropertyDescription("What grows while the soak runs; absent if it did not run to its end.")
        List<Leak> leaks)
        implements Section {
    @Override
    public List<Figure> figures() {
        return drift.stream()
                .filter(each -> each.measure().equals("p95") && each.lastThirdPercent() != null)
                .map(p95 -> new Figure(
                        Question.STABILITY,
                        String.format(
                                Locale.ROOT, "%+.1f %%", p95.lastThirdPercent().value()),
                        String.format(
                                Locale.ROOT,
                                "on p95 in the last third of the soak, in percent of its median; 95 %%: %+.1f to %+.1f",
                                p95.lastThirdPercent().low(),
                                p95.lastThirdPercent().high())))
                .toList();
    }

    @Override
    public List<Metric> metrics() {
        return Stream.concat(
                        Metric.overTime(
                                "soak: p50 of an interval",
                                intervals.stream().map(StageInterval::p50).filter(Objects::nonNull)),
                        Metric.overTime(
                                "soak: p95 of an interval",
                                intervals.stream().map(StageInterval::p95).filter(Objects::nonNull)))
                .toList();
    }

    @Override
    public List<Plot> plots() {
        List<Plot> plots = new ArrayList<>(SoakPlots.of(intervals, drift));
        leaks.forEach(leak -> LeakPlot.of(leak).ifPresent(plots::add));
        return plots;
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        return List.of();
    }
}
