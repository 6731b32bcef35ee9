package distributedmysql.report;

import distributedmysql.check.FailoverFigures;
import distributedmysql.check.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a person reads at the end of a run: one line per stage and per check, of at most
 * 100 columns, without colours. */
public final class ConsoleSummary {
    private static final int COLUMNS = 100;
    private static final String STAGE = "%-32s %20s %8s %10s %10s %10s";

    private final RunReport report;
    private final List<String> lines = new ArrayList<>();

    private ConsoleSummary(RunReport report) {
        this.report = report;
    }

    /**
     * @param json the JSON summary; null if it could not be written
     * @param html Gatling's HTML report; null if there is none
     * @return lines that end with a line feed
     */
    public static String of(RunReport report, Path json, Path html) {
        ConsoleSummary summary = new ConsoleSummary(report);
        MachineLines.where(report.machine()).forEach(summary::add);
        if (report.performance() != null) {
            summary.addStages(report.performance().stages());
            summary.addMaxThroughput(report.performance().maxThroughput());
        }
        if (report.stability() != null && report.stability().connectionLimit() != null) {
            summary.addConnectionLimit(report.stability().connectionLimit());
        }
        if (report.stability() != null && report.stability().failover() != null) {
            report.stability().failover().forEach(summary::addFailover);
        }
        summary.addBusyMachine();
        summary.addNotRun();
        summary.addChecks();
        summary.addVerdict();
        // Never shortened: a path that is cut cannot be opened.
        summary.lines.add("JSON: " + path(json));
        summary.lines.add("HTML: " + path(html));
        return String.join("\n", summary.lines) + "\n";
    }

    private void addStages(List<Stage> stages) {
        add(STAGE, "Stage", "requests/s of target", "errors", "p50 ms", "p95 ms", "p99 ms");
        for (Stage stage : stages) {
            LatencySummary latency = stage.latencyMicros();
            add(
                    STAGE,
                    Texts.shortened(stage.interrupted() == null ? stage.name() : "interrupted: " + stage.name(), 32),
                    stage.targetQps() == null
                            ? format("%.1f", stage.achievedQps())
                            : format("%.1f of %.0f", stage.achievedQps(), stage.targetQps()),
                    stage.failed(),
                    latency == null ? "-" : millis(latency.p50()),
                    latency == null ? "-" : millis(latency.p95()),
                    latency == null ? "-" : millis(latency.p99()));
        }
        for (Stage stage : stages) {
            if (stage.generator() != null && stage.generator().warning() != null) {
                add("warning: " + Texts.shortened(stage.name(), 32) + ": "
                        + stage.generator().warning());
            }
        }
    }

    private void addMaxThroughput(MaxThroughput max) {
        if (max == null) {
            return;
        }
        String objective = format(
                " (p95 <= %s ms, errors <= %s %%)",
                millis(max.objective().p95Micros()), max.objective().errorPercent());
        add("Maximum throughput: "
                + (max.qps() == null
                        ? max.reason()
                        : format("%,.0f requests/s with %d connections", max.qps(), max.connections()))
                + objective);
    }

    private void addConnectionLimit(Stability.ConnectionLimit limit) {
        add("Recommended connections: "
                + (limit.recommendedConnections() == null ? "" : limit.recommendedConnections() + "; ")
                + limit.reason());
    }

    private void addFailover(Failover failover) {
        String name = "Failover " + failover.mode() + ": ";
        if (failover.rounds().isEmpty()) {
            add(name + "not measured: " + failover.reason());
            return;
        }
        FailoverFigures.Rpo rpo = failover.rpo();
        add(name
                + format(
                        "writes down %s, reads %s, %s writes lost",
                        downtime(failover.rtoMillis()),
                        downtime(failover.readRtoMillis()),
                        rpo == null ? "an unknown number of" : rpo.lost().count() + " of " + rpo.acknowledged()));
    }

    private static String downtime(Failover.Spread millis) {
        return millis == null ? "for an unknown time" : format("%.0f ms (worst %.0f)", millis.median(), millis.worst());
    }

    private void addBusyMachine() {
        MachineLines.Busy busy = MachineLines.busy(report.machine());
        busy.lines().forEach(this::add);
        if (!busy.parts().isEmpty()) {
            addWrapped(busy.parts());
        }
    }

    private void addNotRun() {
        NotRun.byReason(report.notRun()).forEach((reason, names) -> {
            add("NOT RUN: " + reason + ":");
            addWrapped(names);
        });
    }

    private void addWrapped(List<String> names) {
        String line = "        ";
        for (int i = 0; i < names.size(); i++) {
            String item = " " + names.get(i) + (i < names.size() - 1 ? "," : "");
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
                .forEach(check ->
                        add("%-8s %s: %s", check.verdict(), check.name(), Texts.shortened(check.evidence(), COLUMNS)));
    }

    private void addVerdict() {
        long failed = report.checks().stream()
                .filter(check -> check.verdict() != Verdict.VALID)
                .count();
        int all = report.checks().size();
        String checks = failed == 0 ? all + " of " + all + " checks valid" : failed + " of " + all + " checks failed";
        if (all == 0) {
            checks = "no check was made";
        }
        int notRun = report.notRun().size();
        add("Verdict: " + report.verdict() + " (" + checks + (notRun == 0 ? "" : ", " + notRun + " not run")
                + (report.run().completed() ? "" : "; the run was interrupted") + ")");
    }

    private void add(String line) {
        lines.add(Texts.cut(line, COLUMNS));
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

    private static String path(Path path) {
        return path == null ? "not written" : path.toAbsolutePath().normalize().toString();
    }
}
