package distributedmysql.run;

import distributedmysql.config.ChangedSetting;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.history.Event;
import distributedmysql.report.ReportException;
import distributedmysql.report.ReportWriter;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a run begins: settings, servers and data, or one line that says why it cannot. */
final class RunStart {
    private RunStart() {}

    /**
     * Reads the settings, starts the servers and loads the data. If a setting is not allowed, or the servers cannot be
     * started or used, the console says why and the JVM ends; nothing is left running then.
     *
     * @param experiments what will be played, unless the command line names others; none if that is not known
     */
    static TestRun open(String simulation, List<Experiment> experiments) {
        return ErrorsOfUsers.orExit(() -> opened(simulation, experiments));
    }

    private static TestRun opened(String simulation, List<Experiment> ofSimulation) {
        Progress progress = new Progress();
        Wait.sayTo(progress::say, Progress.SILENCE);
        MavenWatch.begin(progress::say);
        Ending.refuse("the run");
        List<Experiment> experiments = Chosen.of(ofSimulation, System.getProperty(Settings.EXPERIMENTS));
        Set<String> played = experiments.stream().map(Experiment::key).collect(Collectors.toSet());
        Settings settings = Settings.load(Path.of(""), System.getProperties(), Chosen.known(ofSimulation), played);
        sayProfiles(simulation, settings, progress);
        requireReports(settings);
        experiments.forEach(experiment -> require(experiment, settings, progress));
        DebugFile.open(System.getProperty(Settings.DEBUG), debugFile(settings))
                .ifPresent(file -> progress.say("debug: what is done on the servers is in " + file));
        ServerWatch watch = new ServerWatch();
        RunServers servers = RunServers.start(
                simulation,
                settings,
                experiments.stream()
                        .flatMap(experiment -> experiment.tables(settings).stream())
                        .toList(),
                watch,
                progress);
        return new TestRun(simulation, settings, experiments, servers, watch, progress);
    }

    private static Path debugFile(Settings settings) {
        return settings.reportDirectory().resolve("debug_" + ReportWriter.timestamp(Instant.now()) + ".log");
    }

    private static void requireReports(Settings settings) {
        try {
            ReportWriter.requireWritable(settings.reportDirectory());
        } catch (ReportException e) {
            throw new SettingsException("report.directory = " + settings.reportDirectory() + ": " + e.getMessage());
        }
    }

    private static void require(Experiment experiment, Settings settings, Progress progress) {
        experiment
                .require(settings)
                .forEach(warning -> progress.events().add(Event.Kind.WARNING, experiment.key(), warning));
    }

    private static void sayProfiles(String simulation, Settings settings, Progress progress) {
        progress.say(simulation + ", profile " + settings.profile());
        Map<String, Long> changed = settings.changed().stream()
                .collect(Collectors.groupingBy(ChangedSetting::source, TreeMap::new, Collectors.counting()));
        if (!changed.isEmpty()) {
            progress.say("settings that are not the default's (run.config in the report has each): "
                    + changed.entrySet().stream()
                            .map(entry -> entry.getValue() + " from " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
        settings.profileWarnings()
                .forEach(warning -> progress.events().add(Event.Kind.WARNING, "settings", "settings: " + warning));
    }
}
