package distributedmysql.gatling;

import distributedmysql.check.CheckResult;
import distributedmysql.config.PerformanceSettings.MaxThroughput;
import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import distributedmysql.monitor.machine.Where;
import distributedmysql.report.ConsoleSummary;
import distributedmysql.report.Machine;
import distributedmysql.report.MaxThroughput.Objective;
import distributedmysql.report.NotRun;
import distributedmysql.report.Performance;
import distributedmysql.report.ReportException;
import distributedmysql.report.ReportWriter;
import distributedmysql.report.Run;
import distributedmysql.report.RunReport;
import distributedmysql.report.Stage;
import distributedmysql.report.StageRecorders;
import distributedmysql.report.TopologyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The end of a run, however it comes: the JSON summary is written, then the servers are ended; once. The last words
 * come after all that Gatling prints. Thread-safe.
 */
final class RunEnd {
    private final Instant start = Instant.now();
    private final String simulation;
    private final Settings settings;
    private final RunServers servers;
    private final MachineWatch machine;
    private final StageRecorders recorders;
    private final List<CheckResult> results;
    private final List<NotRun> notRun;
    private final TopologyReport topology;
    private final Where where;
    private volatile ConsistencyPart consistency;
    private volatile StabilityRun stability;
    private boolean ended;
    private String lastWords = "";

    RunEnd(
            String simulation,
            Settings settings,
            RunServers servers,
            MachineWatch machine,
            StageRecorders recorders,
            List<CheckResult> results,
            List<NotRun> notRun) {
        this.simulation = simulation;
        this.settings = settings;
        this.servers = servers;
        this.machine = machine;
        this.recorders = recorders;
        this.results = results;
        this.notRun = notRun;
        this.topology = TopologyReport.read(servers.cluster());
        this.where = where(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(this::jvmEnds, "end of the run"));
        servers.handOver().run();
    }

    private static Where where(Settings settings) {
        Map<String, Path> directories = new LinkedHashMap<>();
        if (settings.topology() == TopologyKind.EMBEDDED) {
            directories.put("server data", settings.embedded().cacheDirectory());
        }
        directories.put("reports", settings.reportDirectory());
        return Where.read(settings.hostNaming(), directories);
    }

    /** The run has a consistency part. */
    void with(ConsistencyPart part) {
        consistency = part;
    }

    /** The run has a stability part. */
    void with(StabilityRun part) {
        stability = part;
    }

    /** The name of a file of this run, beside the JSON summary. */
    String fileName(String prefix, String suffix) {
        return prefix + ReportWriter.timestamp(start) + suffix;
    }

    /** The simulation has run to its end. */
    void complete() {
        end(true);
    }

    /** Nothing has been run: there is nothing to report. */
    synchronized void abandon() {
        ended = true;
        machine.close();
        servers.close();
    }

    /** Also after Ctrl-C, or when Gatling crashed. */
    private void jvmEnds() {
        end(false);
        System.out.println(lastWords);
    }

    private synchronized void end(boolean completed) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (consistency != null) {
                consistency.close();
            }
            if (stability != null) {
                stability.close();
            }
            machine.close();
            report(completed);
        } finally {
            servers.close();
        }
    }

    private void report(boolean completed) {
        // At its regular end Gatling writes its report after this one; an interrupted run mostly has none.
        Optional<Path> html = gatlingReport().filter(file -> completed || Files.exists(file));
        RunReport report = RunReport.of(
                        Run.of(start, Instant.now(), settings, simulation, completed),
                        topology,
                        List.copyOf(results),
                        List.copyOf(notRun),
                        performance(),
                        consistency == null ? null : consistency.report(),
                        stability == null ? null : stability.report(),
                        html.map(Path::toString).orElse(null))
                .on(new Machine(where, machine.report()));
        try {
            Path json = ReportWriter.write(report, settings.reportDirectory());
            lastWords = ConsoleSummary.of(report, json, html.orElse(null));
        } catch (ReportException e) {
            lastWords = ConsoleSummary.of(report, null, html.orElse(null)) + "\nerror: " + e.getMessage();
        }
    }

    /** Null if no stage was run. */
    private Performance performance() {
        MaxThroughput max = settings.performance().maxThroughput();
        List<Stage> measured = recorders.measured();
        return measured.isEmpty()
                ? null
                : Performance.of(measured, new Objective(max.p95().toNanos() / 1000, max.errorPercent()));
    }

    /** Gatling names its folder after the simulation, in lower case, and the time; ours is the newest one. */
    private Optional<Path> gatlingReport() {
        String prefix = simulation.toLowerCase(java.util.Locale.ROOT) + "-";
        try (Stream<Path> folders = Files.list(settings.reportDirectory())) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .filter(folder -> folder.toFile().lastModified() >= start.toEpochMilli())
                    .max(Comparator.comparing(Path::getFileName))
                    .map(folder -> folder.resolve("index.html"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
