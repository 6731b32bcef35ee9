package distributedmysql.report.html;

import distributedmysql.check.Verdict;
import distributedmysql.report.Figure;
import distributedmysql.report.MachineUse;
import distributedmysql.report.NotRun;
import distributedmysql.report.RunReport;
import distributedmysql.report.Stage;
import distributedmysql.report.VerdictLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the template shows, in its order; all texts are plain, and the template escapes them.
 *
 * @param figures of the first screen
 * @param checks those that are not VALID first
 * @param experiments one for each section
 * @param files what else the run has left
 * @param plots of the whole page, as JSON
 */
record Page(
        RunReport report,
        Head head,
        List<Figure> figures,
        List<CheckRow> checks,
        List<ExperimentView> experiments,
        StagesView stages,
        EventsView events,
        TopologyView topology,
        MachineView machine,
        List<FileLink> files,
        String plots) {
    /** More would push what matters from the first screen. */
    private static final int SHOWN_FAILURES = 4;

    private static final int NAMED_PARTS = 3;

    /**
     * @param reason what the verdict follows from
     * @param doubts what may have spoilt the figures
     */
    record Head(String title, String reason, String when, String duration, List<String> doubts) {}

    /** @param href relative to the page */
    record FileLink(String name, String href) {}

    /** What is known by a name. */
    record Pair(String name, String value) {}

    record StagesView(List<StageRow> rows, List<PlotView> plots) {}

    static Page of(RunReport report, Path json) throws IOException {
        PlotView.Plots plots = new PlotView.Plots();
        return new Page(
                report,
                head(report),
                KeyFigures.of(report),
                CheckRow.all(report.checks(), json),
                report.sections().entrySet().stream()
                        .map(section -> ExperimentView.of(section.getKey(), section.getValue(), plots))
                        .toList(),
                new StagesView(StageRow.all(report), plots.add(Stage.plots(report.stages()))),
                EventsView.of(report),
                TopologyView.of(report),
                MachineView.of(
                        report,
                        plots.add(
                                report.machine() == null
                                        ? List.of()
                                        : report.machine().plots())),
                files(report, json),
                PlotData.json(plots.all()));
    }

    private static Head head(RunReport report) {
        String simulation = report.run().simulation();
        List<String> doubts = new ArrayList<>();
        if (report.run().config() != null) {
            doubts.addAll(report.run().config().warnings());
        }
        busy(report).ifPresent(doubts::add);
        return new Head(
                simulation.substring(simulation.lastIndexOf('.') + 1),
                VerdictLine.reason(report),
                Words.time(report.run().start().truncatedTo(ChronoUnit.SECONDS)),
                Words.duration(report.run().durationSeconds()),
                doubts);
    }

    /** All parts are named where the machine is. */
    private static Optional<String> busy(RunReport report) {
        if (report.machine() == null || report.machine().busyParts().isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = report.machine().use().busy().stream()
                .map(MachineUse.Spoilt::what)
                .toList();
        String more = parts.size() > NAMED_PARTS ? " and " + (parts.size() - NAMED_PARTS) + " more" : "";
        return Optional.of("This machine was busy, and may have spoilt the figures of: "
                + parts.stream().limit(NAMED_PARTS).collect(Collectors.joining("; ")) + more);
    }

    private static List<FileLink> files(RunReport report, Path json) {
        List<FileLink> files = new ArrayList<>();
        files.add(new FileLink("JSON summary", json.getFileName().toString()));
        if (report.gatlingReport() != null) {
            files.add(new FileLink("Gatling's report", Links.from(json, Path.of(report.gatlingReport()))));
        }
        return files;
    }

    /** Those that the first screen shows with all that they say. */
    public List<CheckRow> shownFailures() {
        return failures().stream().limit(SHOWN_FAILURES).toList();
    }

    public List<CheckRow> otherFailures() {
        return failures().stream().skip(SHOWN_FAILURES).toList();
    }

    public boolean passed() {
        return report.verdict() == RunReport.RunVerdict.PASS;
    }

    /** The reasons, each with the checks that it has kept from being made. */
    public List<Pair> notRun() {
        return NotRun.byReason(report.notRun()).entrySet().stream()
                .map(reason -> new Pair(reason.getKey(), String.join("; ", reason.getValue())))
                .toList();
    }

    /** All settings as they took effect. */
    public List<Pair> settings() {
        return report.run().settings().entrySet().stream()
                .map(setting -> new Pair(setting.getKey(), String.valueOf(setting.getValue())))
                .toList();
    }

    private List<CheckRow> failures() {
        return checks.stream()
                .filter(check -> !check.verdict().equals(Verdict.VALID.name()))
                .toList();
    }
}
