package distributedmysql.report;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person reads at the end of a run, without colours: one line per stage and per check. What is well ends within 100
 * columns, after a whole word; what fails the run is whole, however long, and says what it means and what to do.
 */
public final class ConsoleSummary {
    private static final int COLUMNS = 100;
    /** More names of checks that were not run would bury the results. */
    private static final int MOST_NAMED = 6;

    /** What is shorter may be said twice. */
    private static final int REPEATED = 60;

    private static final String STAGE = "%-32s %20s %8s %10s %10s %10s%s";

    /** Behind a figure that this machine may have spoilt. */
    private static final String BUSY = " (busy machine)";

    private static final String BUSY_MACHINE = "WARNING: this machine was busy, and may have spoilt the figures of:";

    private final RunReport report;
    private final MachineLines.Busy busy;
    private final List<String> lines = new ArrayList<>();
    /** The checks that failed and whose evidence is not that of another. */
    private final List<CheckResult> inFull = new ArrayList<>();

    private ConsoleSummary(RunReport report) {
        this.report = report;
        this.busy = MachineLines.busy(report.machine());
    }

    /**
     * @param json the JSON summary; null if it could not be written
     * @param html the HTML report; null if it could not be written
     * @return lines that end with a line feed
     */
    public static String of(RunReport report, @Nullable Path json, @Nullable Path html) {
        ConsoleSummary summary = new ConsoleSummary(report);
        MachineLines.where(report.machine()).forEach(summary::add);
        summary.addServers();
        summary.addMeasured();
        summary.addBusyMachine();
        summary.addNotRun();
        summary.addChecks();
        summary.addVerdict();
        summary.add("HTML: " + path(html));
        summary.add("JSON: " + path(json));
        summary.add(gatling(report.gatlingReport()));
        return String.join("\n", summary.lines) + "\n";
    }

    /** Those of its lines that warn: what may have spoilt the result, each in one line. */
    public static List<String> warnings(RunReport report) {
        ConsoleSummary summary = new ConsoleSummary(report);
        summary.addMeasured();
        summary.lines.removeIf(line -> !line.startsWith("warning: "));
        if (!summary.busy.parts().isEmpty()) {
            summary.add(BUSY_MACHINE + " " + String.join("; ", summary.busy.parts()) + "; for longest "
                    + summary.busy.longest());
        }
        return summary.lines;
    }

    /** The line that says where Gatling's report is; null if there is none. */
    public static String gatling(@Nullable String html) {
        return "Gatling: " + path(html == null ? null : Path.of(html));
    }

    private void addServers() {
        if (report.topology().startedServers() != null) {
            add(report.topology().startedServers().line());
        }
        if (report.topology().shards() != null) {
            lines.addAll(ShardReport.lines(report.topology().shards(), report.stages()));
        }
    }

    private void addMeasured() {
        if (!report.stages().isEmpty()) {
            addStages(report.stages());
        }
        report.sections().values().forEach(section -> lines.addAll(section.console(this::mark)));
        if (report.endpoints() != null) {
            lines.addAll(report.endpoints().lines());
        }
    }

    private void addStages(List<Stage> stages) {
        add(STAGE, "Stage", "requests/s of target", "errors", "p50 ms", "p95 ms", "p99 ms", "");
        for (Stage stage : stages) {
            String rate = stage.targetQps() == null
                    ? format("%.1f", stage.achievedQps())
                    : format("%.1f of %.0f", stage.achievedQps(), stage.targetQps());
            String name = stage.interrupted() == null ? stage.name() : "interrupted: " + stage.name();
            String mark = busy.parts().contains(stage.name()) ? " busy" : "";
            addStage(name, rate, stage.failed(), stage.latencyMicros(), mark);
            if (stage.isOwn()) {
                stage.byRequest()
                        .forEach(request -> addStage(
                                "  " + request.name(),
                                format("%.1f", request.achievedQps()),
                                request.errors(),
                                request.latencyMicros(),
                                mark));
            }
        }
        for (Stage stage : stages) {
            if (stage.generator() != null && stage.generator().warning() != null) {
                add("warning: " + Texts.shortened(stage.name(), 32) + ": "
                        + stage.generator().warning());
            }
            stage.byRequest().forEach(request -> addMissing(stage, request));
            addLimited(stage.name(), stage.limitedByCap());
        }
    }

    private void addMissing(Stage stage, Stage.RequestStats request) {
        request.missingShards()
                .forEach(missing -> add("warning: " + Texts.shortened(stage.name(), 32) + ": "
                        + Plural.of(missing.answers(), "answer") + " to \"" + request.name() + "\" without "
                        + missing.shard()));
    }

    private void addLimited(String what, LimitedByCap cap) {
        if (cap != null) {
            add(cap.warning(what));
        }
    }

    private void addStage(String name, String rate, long failed, LatencySummary latency, String mark) {
        add(
                STAGE,
                Texts.cut(name.replaceAll("[\\r\\n]+", " "), 32),
                rate,
                failed,
                latency == null ? "-" : millis(latency.p50()),
                latency == null ? "-" : millis(latency.p95()),
                latency == null ? "-" : millis(latency.p99()),
                mark);
    }

    private String mark(String part) {
        return busy.parts().contains(part) ? BUSY : "";
    }

    private void addBusyMachine() {
        if (!busy.parts().isEmpty()) {
            add(BUSY_MACHINE);
            addWrapped(busy.parts());
            add("         For longest " + busy.longest());
        }
    }

    private void addNotRun() {
        NotRun.byReason(report.notRun()).forEach((reason, names) -> {
            add("NOT RUN: " + reason + ":");
            addWrapped(names.size() <= MOST_NAMED ? names : shortened(names));
        });
    }

    private static List<String> shortened(List<String> names) {
        List<String> some = new ArrayList<>(names.subList(0, MOST_NAMED - 1));
        some.add("and " + (names.size() - some.size()) + " more, named by notRun of the JSON summary");
        return some;
    }

    private void addWrapped(List<String> names) {
        String line = "        ";
        for (int i = 0; i < names.size(); i++) {
            String item = " " + names.get(i) + (i < names.size() - 1 ? ";" : "");
            if (!line.isBlank() && line.length() + item.length() > COLUMNS) {
                add(line);
                line = "        ";
            }
            line += item;
        }
        add(line);
    }

    private void addChecks() {
        // What fails the run comes last, next to the verdict, where the eye is.
        report.checks().stream()
                .sorted(Comparator.comparing(check -> check.verdict() != Verdict.VALID))
                .forEach(this::addCheck);
        boolean explained = report.checks().stream().anyMatch(check -> check.means() != null);
        if (explained) {
            add("What each check proves, and commands for what to do next: docs/verdicts.md");
        }
    }

    private void addCheck(CheckResult check) {
        if (check.verdict() == Verdict.VALID) {
            String verdict = format("%-8s ", check.verdict());
            add(verdict + Texts.cutAtWord(check.name() + ": " + check.evidence(), COLUMNS - verdict.length()));
            return;
        }
        // Blanks are left as they are: they can be in a value.
        add("%-8s %s: %s", check.verdict(), check.name(), evidence(check));
        if (check.means() != null) {
            add("         means: " + check.means());
            add("         next:  " + check.next());
        }
    }

    /** What one before has said at length, such as why a step broke, is not said again. */
    private String evidence(CheckResult check) {
        String text = Texts.oneLine(check.evidence());
        for (CheckResult before : inFull) {
            int same = sameClauses(Texts.oneLine(before.evidence()), text);
            if (same >= REPEATED) {
                return "as in " + before.name() + text.substring(same);
            }
        }
        inFull.add(check);
        return text;
    }

    /** How much of the text, up to a semicolon, the other begins with too. */
    private static int sameClauses(String other, String text) {
        int different = Arrays.mismatch(other.toCharArray(), text.toCharArray());
        return different < 0 ? text.length() : text.lastIndexOf("; ", different);
    }

    private void addVerdict() {
        add("Verdict: " + VerdictLine.of(report));
    }

    private void add(String line) {
        lines.add(line);
    }

    private void add(String format, Object... values) {
        add(format(format, values));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String millis(long micros) {
        return format("%.2f", micros / 1000.0);
    }

    private static String path(@Nullable Path path) {
        return path == null ? "not written" : path.toAbsolutePath().normalize().toString();
    }
}
