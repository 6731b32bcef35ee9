package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.report.Figure;
import distributedmysql.report.Figure.Question;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import distributedmysql.report.Texts;
import distributedmysql.report.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What backups cost, and what they were worth. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Backups under load: what they cost, and what could be restored from them.")
public record BackupSection(
        @JsonPropertyDescription("The full backups, in their order.")
        List<FullFigures> fulls,

        @JsonPropertyDescription("What was shipped of the binary logs, one for each shard.")
        List<Segments> segments,

        @JsonPropertyDescription("The recoveries to single transactions.")
        List<RecoveredTo> recoveries,

        @JsonPropertyDescription("The DELETE without WHERE, one for each shard; empty if none was rehearsed.")
        List<Rehearsed> rehearsals,

        @JsonPropertyDescription(
                "What the users noticed: before, during each full backup, while binary logs were shipped, and after.")
        List<Cost> cost,

        @JsonPropertyDescription(
                "The numbered writes and the reads over the whole load, and what went on meanwhile; absent if there was none.")
        @Nullable
        Timeline timeline,

        @JsonPropertyDescription("The memory of this JVM; absent if there was no load.") @Nullable
        Memory memory,

        @JsonPropertyDescription(
                "Where there are several shards: what their backups are to each other; absent otherwise.")
        @Nullable
        AcrossShards acrossShards,

        @JsonPropertyDescription("Where backups are made and, if it is there, where they are copied to.")
        List<StoreFigures> stores,

        @JsonPropertyDescription("What went wrong; absent if nothing did.") @Nullable
        String problem)
        implements Section {
    public BackupSection {
        fulls = List.copyOf(fulls);
        segments = List.copyOf(segments);
        recoveries = List.copyOf(recoveries);
        rehearsals = List.copyOf(rehearsals);
        cost = List.copyOf(cost);
        stores = List.copyOf(stores);
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        if (!fulls.isEmpty()) {
            long restored = fulls.stream()
                    .filter(full -> full.restored() != null && full.problem() == null)
                    .count();
            figures.add(new Figure(
                    Question.RESTORE,
                    restored + " of " + fulls.size(),
                    "full backups that were taken under load, and restored"));
        }
        cost.stream()
                .filter(each -> each.load() != null && each.load().p99TimesBefore() != null)
                .max(Comparator.comparingDouble(each -> each.load().p99TimesBefore()))
                .map(worst -> new Figure(
                        Question.COST,
                        String.format(Locale.ROOT, "%.1f times", worst.load().p99TimesBefore()),
                        "the p99 of before, in the worst phase: " + worst.phase()))
                .ifPresent(figures::add);
        return figures;
    }

    @Override
    public List<Metric> metrics() {
        return BackupMetrics.of(this);
    }

    @Override
    public List<Plot> plots() {
        return BackupPlots.of(this);
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        lines.add("Backups under load:");
        fulls.forEach(full -> lines.add(full.line()));
        segments.forEach(each -> lines.add(each.line()));
        recoveries.forEach(each -> lines.add(each.line()));
        rehearsals.forEach(each -> lines.add(each.line()));
        if (!cost.isEmpty()) {
            lines.add("  cost for the users, from the intended start:");
            cost.forEach(each -> lines.add("  " + each.line()));
        }
        if (memory != null) {
            lines.add(memory.line());
        }
        if (acrossShards != null) {
            lines.addAll(acrossShards.lines());
        }
        stores.forEach(each -> lines.add(each.line()));
        if (problem != null) {
            lines.add("  went wrong: " + Texts.oneLine(problem));
        }
        return lines;
    }
}
