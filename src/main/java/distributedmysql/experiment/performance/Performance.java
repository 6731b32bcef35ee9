package distributedmysql.experiment.performance;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.report.Figure;
import distributedmysql.report.Figure.Question;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import distributedmysql.report.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the performance experiment has measured beside its stages, which the report lists with those of all other loads. */
@JsonClassDescription(
        "What the performance experiment measured beside its stages; absent if its closed stages were not run.")
public record Performance(
        @JsonPropertyDescription("The maximum throughput; absent if that stage was not run.")
        MaxThroughput maxThroughput,

        @JsonPropertyDescription(
                "How the rate grows with the connections, and what follows for more of them; absent as maxThroughput is.")
        Scalability scalability)
        implements Section {
    /** With what follows from the curve. */
    public static Performance of(MaxThroughput max) {
        return new Performance(max, Scalability.of(max));
    }

    /**
     * @param levels the closed stages that ran to their end
     * @param busy the parts of the run whose figures this machine may have spoilt
     */
    public static Performance of(List<Stage> levels, MaxThroughput.Objective objective, Set<String> busy) {
        MaxThroughput max = MaxThroughput.of(
                levels.stream().map(stage -> CurvePoint.of(stage, objective)).toList(), objective);
        String spoilt = levels.stream().map(Stage::name).filter(busy::contains).collect(Collectors.joining("; "));
        return of(spoilt.isEmpty() ? max : max.warning("this machine was busy in: " + spoilt));
    }

    @Override
    public List<Figure> figures() {
        return maxThroughput.qps() == null
                ? List.of()
                : List.of(new Figure(
                        Question.RATE,
                        String.format(Locale.ROOT, "%,.0f /s", maxThroughput.qps()),
                        String.format(
                                Locale.ROOT,
                                "reads on the replicas with p95 at most %s ms, by %s",
                                maxThroughput.objective().p95Micros() / 1_000,
                                Plural.of(maxThroughput.connections(), "connection"))));
    }

    @Override
    public List<Metric> metrics() {
        return maxThroughput.qps() == null
                ? List.of()
                : List.of(Metric.perSecond("performance: maximum throughput", maxThroughput.qps()));
    }

    @Override
    public List<Plot> plots() {
        return PerformancePlots.of(maxThroughput, scalability);
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        String highest = maxThroughput.qps() == null
                ? maxThroughput.reason()
                : String.format(
                        Locale.ROOT,
                        "%,.0f requests/s with %s",
                        maxThroughput.qps(),
                        Plural.of(maxThroughput.connections(), "connection"));
        String busy = maxThroughput.warning() == null ? "" : " (busy machine)";
        return List.of(
                "Maximum throughput of reads on the replicas: " + highest + busy,
                String.format(
                        Locale.ROOT,
                        "  the most with p95 <= %.2f ms and errors <= %s %%",
                        maxThroughput.objective().p95Micros() / 1e3,
                        maxThroughput.objective().errorPercent()),
                scalability.line() + busy);
    }
}
