package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.config.Settings;
import distributedmysql.config.TopologyKind;
import distributedmysql.load.data.RunLock;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.monitor.machine.Where;
import distributedmysql.report.CiFiles;
import distributedmysql.report.ConsoleSummary;
import distributedmysql.report.ErrorLogs;
import distributedmysql.report.Machine;
import distributedmysql.report.OldResults;
import distributedmysql.report.ReportException;
import distributedmysql.report.ReportWriter;
import distributedmysql.report.Run;
import distributedmysql.report.RunReport;
import distributedmysql.report.RunReport.RunVerdict;
import distributedmysql.report.Section;
import distributedmysql.report.ShardReport;
import distributedmysql.report.Stage;
import distributedmysql.report.TopologyReport;
import distributedmysql.report.html.HtmlReport;
import distributedmysql.topology.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run, however it comes: the JSON summary is written, then the servers are ended; once. The last words
 * come after all that Gatling prints. Thread-safe.
 */
final class RunEnd {
    private static final Meaning ONE_RUN = new Meaning(
            "This is never proven; another run is at most suspected.",
            "Another run took the lock of this database, or wrote into it, while this run had lost its connection.",
            "Start one run after the other, or give each a database and a user of its own (data.database); look why"
                    + " the connection was lost.");

    private final Instant start = Instant.now();
    private final String simulation;
    private final Settings settings;
    private final Progress progress;
    private final RunServers servers;
    private final ServerWatch watch;
    private final MachineWatch machine;
    private final StageRecorders recorders;
    private final Judging judging;
    private final TopologyReport topology;
    private final Where where;
    private final EndpointWatch endpoints;
    private final ErrorLogs errorLogs;
    private final GatlingFolder gatling;
    private final PlayedExperiments experiments = new PlayedExperiments();
    private volatile ErrantWatch errant;
    private boolean ended;
    private String lastWords = "";
    /** Gatling's report, as ours names it; null if it names none. */
    private Path promised;

    RunEnd(
            String simulation,
            Settings settings,
            Progress progress,
            RunServers servers,
            ServerWatch watch,
            MachineWatch machine,
            StageRecorders recorders,
            Judging judging) {
        this.simulation = simulation;
        this.settings = settings;
        this.progress = progress;
        this.servers = servers;
        this.watch = watch;
        this.machine = machine;
        this.recorders = recorders;
        this.judging = judging;
        this.topology = TopologyReport.read(servers.deployment());
        this.where = where(settings);
        this.endpoints = new EndpointWatch(servers, settings.data().database(), progress.events());
        this.gatling = new GatlingFolder(simulation, settings.reportDirectory());
        this.errorLogs = ErrorLogs.open(servers.deployment());
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

    /** The run plays this experiment. */
    void with(String key, ExperimentRun experiment) {
        experiments.add(key, experiment);
    }

    /** What is found there is reported. */
    void with(ErrantWatch watched) {
        errant = watched;
    }

    GatlingFolder gatling() {
        return gatling;
    }

    /** Of the experiments, apart from stages. */
    List<CountedLoad> loads() {
        return experiments.loads();
    }

    EndpointWatch endpoints() {
        return endpoints;
    }

    /** The name of a file of this run, beside the JSON summary. */
    String fileName(String prefix, String suffix) {
        return prefix + ReportWriter.timestamp(start) + suffix;
    }

    /**
     * Gatling has ended the simulation.
     *
     * @param played whether all of its steps were played; Gatling also ends early, for instance when a feeder has no more records
     */
    void complete(boolean played) {
        end(true, played);
        experiments.rethrow();
        sayWhatGatlingDoes();
    }

    /** Gatling itself says nothing while it makes its report, which takes minutes after a run of hours. */
    private void sayWhatGatlingDoes() {
        gatling.log().map(Path::toFile).ifPresent(log -> {
            String what = String.format(
                    Locale.ROOT, "Gatling's HTML report, out of its log of %.1f MiB", log.length() / 1024.0 / 1024.0);
            progress.say(what);
            progress.beginsQuietly(what);
        });
    }

    /** Nothing has been run: there is nothing to report. */
    synchronized void abandon() {
        ended = true;
        machine.close();
        errorLogs.close();
        watch.close();
        servers.close();
    }

    /** Also after Ctrl-C, or when Gatling crashed. */
    private void jvmEnds() {
        Ending.begin();
        progress.ends();
        end(false, false);
        System.out.println(withoutWhatIsNotThere(lastWords));
    }

    /** Gatling makes its report after ours, and may not come to its end: the disk is full, or somebody interrupts it. */
    private String withoutWhatIsNotThere(String words) {
        return promised == null || Files.exists(promised)
                ? words
                : words.replace(
                        ConsoleSummary.gatling(promised.toString()),
                        "Gatling: not written: Gatling did not come to its end, which fails the build whatever the verdict is;"
                                + " what it says is above");
    }

    private synchronized void end(boolean regular, boolean played) {
        if (ended) {
            return;
        }
        ended = true;
        servers.lock()
                .flatMap(RunLock::lostTo)
                .ifPresent(reason -> judging.results().add(unknown(reason)));
        if (!regular) {
            System.out.println("the run is ending: nothing new begins, and what has been measured is reported");
        }
        try {
            experiments.close(judging.results()::add);
            machine.close();
            report(regular, played);
        } finally {
            errorLogs.close();
            watch.close();
            servers.close();
        }
    }

    private String why(boolean regular) {
        if (regular) {
            return "ended early by Gatling, which says why above";
        }
        boolean begun = !judging.results().isEmpty() || !recorders.measured().isEmpty();
        return begun ? "interrupted" : "interrupted, or it could not begin and the reason is above";
    }

    private static CheckResult unknown(String reason) {
        return CheckResult.unknown(
                        RunLock.CHECK, reason + "; what was measured since may be of both runs, so this run was ended")
                .meaning(ONE_RUN);
    }

    private void report(boolean regular, boolean played) {
        // At its regular end Gatling writes its report after this one; an interrupted run mostly has none.
        Optional<Path> html = gatling.report().filter(file -> regular || Files.exists(file));
        promised = html.orElse(null);
        Machine client = new Machine(where, machine.report());
        List<Stage> stages = Stage.all(recorders.measured());
        Map<String, Section> sections = experiments.sections(client.busyParts(), judging.results()::add);
        if (!played) {
            judging.endsEarly(why(regular));
        }
        RunReport measured = RunReport.of(
                        Run.of(start, Instant.now(), settings, simulation, played ? null : why(regular)),
                        (errant == null ? topology : topology.with(errant.found()))
                                .with(watch.report())
                                .withShards(ShardReport.read(
                                        servers.deployment(), settings.data().database(), stages, loads())),
                        List.copyOf(judging.results()),
                        List.copyOf(judging.notRun()))
                .with(stages, sections)
                .behind(endpoints.report())
                .on(client)
                .at(html.map(Path::toString).orElse(null));
        progress.summarise(ConsoleSummary.warnings(measured));
        RunReport report = measured.during(progress.events().soFar());
        try {
            Path json = ReportWriter.write(report, settings.reportDirectory());
            List<String> notes = new ArrayList<>();
            lastWords = ConsoleSummary.of(report, json, page(report, json, notes));
            List<String> logs = report.verdict() == RunVerdict.FAIL ? errorLogs.copyBeside(json) : List.of();
            logs.forEach(line -> lastWords += line + "\n");
            progress.summarise(logs);
            notes.addAll(CiFiles.write(report, json, lastWords, System.getenv()));
            gatling.report().ifPresent(file -> OldResults.mark(file.getParent(), json));
            // After Ctrl-C there is little time.
            if (regular) {
                notes.addAll(OldResults.remove(json, settings.keep(), Instant.now()));
            }
            notes.forEach(note -> lastWords += note + "\n");
            progress.summarise(notes);
        } catch (ReportException e) {
            lastWords = ConsoleSummary.of(report, null, null) + "\nerror: " + e.getMessage();
        }
    }

    /** Where it is; null, and a note of why, if it could not be written: the run's result is not lost for that. */
    private static @Nullable Path page(RunReport report, Path json, List<String> notes) {
        try {
            return HtmlReport.write(report, json);
        } catch (ReportException e) {
            notes.add("error: " + e.getMessage());
            return null;
        }
    }
}
