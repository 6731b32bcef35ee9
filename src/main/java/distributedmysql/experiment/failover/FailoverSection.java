package distributedmysql.experiment.failover;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.report.Figure;
import distributedmysql.report.Figure.Question;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What failovers have measured. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What failovers cost; absent if there were to be none.")
public record FailoverSection(
        @JsonPropertyDescription(
                "What failovers cost, one for each replication mode; absent if there were to be none, or "
                        + "none was begun.")
        @Nullable
        List<Failover> modes,

        @JsonPropertyDescription(
                "What was injected, when, and how it was healed, or why not; absent if there was to be nothing.")
        @Nullable
        List<InjectedFault> faults,

        @JsonPropertyDescription("The shard whose primaries are killed; absent where there is only one.") @Nullable
        String shard)
        implements Section {
    @Override
    public List<Figure> figures() {
        return modes == null
                ? List.of()
                : Stream.concat(downtime().stream(), loss().stream()).toList();
    }

    private Optional<Figure> downtime() {
        return modes.stream()
                .filter(mode -> mode.rtoMillis() != null)
                .max(Comparator.comparingDouble(mode -> mode.rtoMillis().worst()))
                .map(worst -> new Figure(
                        Question.DOWNTIME,
                        String.format(Locale.ROOT, "%,.0f ms", worst.rtoMillis().worst()),
                        "the worst failover, " + worst.mode() + "; from the kill of a primary"));
    }

    private Optional<Figure> loss() {
        List<Failover> judged =
                modes.stream().filter(mode -> mode.rpo() != null).toList();
        return judged.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(
                        Question.LOSS,
                        judged.stream()
                                        .mapToLong(mode -> mode.rpo().lost().count())
                                        .sum()
                                + " lost",
                        String.format(
                                Locale.ROOT,
                                "of %,d acknowledged while primaries were killed: %s",
                                judged.stream()
                                        .mapToLong(mode -> mode.rpo().acknowledged())
                                        .sum(),
                                judged.stream().map(Failover::mode).collect(Collectors.joining(", ")))));
    }

    @Override
    public List<Metric> metrics() {
        return modes == null
                ? List.of()
                : modes.stream()
                        .filter(mode ->
                                mode.rtoMillis() != null && mode.rtoMillis().median() > 0)
                        .map(mode -> Metric.lower(
                                "failover " + mode.mode() + ": writes down",
                                "ms",
                                mode.rtoMillis().median()))
                        .toList();
    }

    @Override
    public List<Plot> plots() {
        return modes == null
                ? List.of()
                : modes.stream()
                        .flatMap(mode -> FailoverPlots.of(mode).stream())
                        .toList();
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        return modes == null
                ? List.of()
                : modes.stream()
                        .flatMap(mode -> FailoverLines.of(mode, shard, mark.apply("failover " + mode.mode())).stream())
                        .toList();
    }
}
