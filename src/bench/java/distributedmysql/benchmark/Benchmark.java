package distributedmysql.benchmark;

import distributedmysql.config.BenchmarkSettings;
import distributedmysql.config.BenchmarkSettings.Part;
import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.RouterSettings;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.experiment.Experiments;
import distributedmysql.experiment.consistency.ConsistencySettings;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.ToolVersions;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.embedded.EmbeddedTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The command {@code mvn -q -Pbench test-compile exec:java@benchmark}: starts a server, lets one generator after the
 * other send the same load, again and again, and prints and writes what was measured.
 */
public final class Benchmark {
    private final Instant start = Instant.now();
    private final BenchmarkSettings settings;
    private final Settings run;
    private final WorkDirectory directory;
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private String server;
    private TableComparisons.Result tables;
    private RoutingCost.Result routing;
    private FullBackups.Result backups;

    private Benchmark(BenchmarkSettings settings, Settings run, WorkDirectory directory) {
        this.settings = settings;
        this.run = run;
        this.directory = directory;
    }

    /**
     * @throws SettingsException if a setting is not allowed
     * @throws TopologyException if a server cannot be started
     * @throws BenchmarkException if a measurement failed; the others have been taken and written
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchmarkSettings settings = BenchmarkSettings.load(Path.of(""), System.getProperties());
        Settings run = Settings.load(Path.of(""), System.getProperties(), new Experiments().experiments(), Set.of());
        try (WorkDirectory directory = WorkDirectory.create()) {
            Benchmark benchmark = new Benchmark(settings, run, directory);
            benchmark.measure();
            benchmark.end();
        }
    }

    private void measure() throws IOException, InterruptedException {
        if (settings.parts().contains(Part.ROUTING)) {
            routing = new RoutingCost(settings.routing(), Benchmark::say).measure(settings.repetitions());
        }
        if (settings.parts().contains(Part.CLOSED) || settings.parts().contains(Part.OPEN)) {
            // A primary alone: the generators are compared, not replication.
            try (Deployment deployment = deployment(0)) {
                measureGenerators(target(deployment));
            }
        }
        if (settings.parts().contains(Part.TABLES)) {
            try (Deployment deployment = deployment(1)) {
                tables = new TableComparisons(target(deployment), settings.comparedRows(), comparison(), Benchmark::say)
                        .measure(settings.repetitions());
            } catch (BenchmarkException | TopologyException e) {
                failures.add("table comparison: " + e.getMessage());
            }
        }
        if (settings.parts().contains(Part.BACKUPS)) {
            try (Deployment deployment = deployment(0)) {
                backups = new FullBackups(deployment, target(deployment), settings.backedUpRows(), Benchmark::say)
                        .measure(settings.repetitions());
            } catch (BenchmarkException | TopologyException e) {
                failures.add("full backups: " + e.getMessage());
            }
        }
    }

    private void measureGenerators(Target target) throws IOException, InterruptedException {
        List<Generator> generators =
                new Generators(target, run.embedded().cacheDirectory()).find(settings.generators(), notes);
        notes.forEach(Benchmark::say);
        generators.forEach(generator -> versions.put(generator.kind().label(), generator.version()));
        new SbtestTable(target, settings.rows()).recreate();
        target.letLoadUserIn();
        MeasurementSeries series =
                new MeasurementSeries(target, generators, settings.repetitions(), notes, failures, Benchmark::say);
        if (settings.parts().contains(Part.CLOSED)) {
            for (Workload workload : settings.workloads()) {
                for (int connections : settings.connections()) {
                    measure(series, closed(workload, connections));
                }
            }
        }
        if (settings.parts().contains(Part.OPEN)) {
            measureOpen(series);
        }
    }

    private void measureOpen(MeasurementSeries series) throws IOException, InterruptedException {
        BenchmarkSettings.Open open = settings.open();
        LoadPlan plan = closed(Workload.POINT_SELECT, open.connections());
        double capacity = series.capacity(plan);
        say(String.format(
                Locale.ROOT, "open model: capacity %.0f/s with %d connections", capacity, open.connections()));
        for (int percent : open.percents()) {
            measure(series, plan.at((int) (capacity * percent / 100)));
        }
        measure(
                series,
                plan.at((int) (capacity * open.stallPercent() / 100))
                        .stalled(Math.toIntExact(open.stall().toMillis())));
    }

    private void measure(MeasurementSeries series, LoadPlan plan) throws IOException, InterruptedException {
        measurements.addAll(series.measure(plan));
        // It may take hours; what has been measured so far is not lost if it is interrupted.
        report().write(run.reportDirectory());
    }

    private LoadPlan closed(Workload workload, int connections) {
        return new LoadPlan(
                workload,
                connections,
                null,
                null,
                settings.rows(),
                Math.toIntExact(settings.warmUp().toSeconds()),
                Math.toIntExact(settings.steady().toSeconds()));
    }

    private ComparisonSettings comparison() {
        ConsistencySettings.Tables tables = run.of(ConsistencySettings.class).tables();
        return new ComparisonSettings(tables.chunkTime(), tables.lockTime(), tables.deadline(), tables.namedKeys());
    }

    private Deployment deployment(int replicas) {
        EmbeddedSettings embedded = new EmbeddedSettings(
                LayoutSettings.async(replicas),
                run.embedded().basedir(),
                run.embedded().cacheDirectory(),
                run.embedded().bufferPoolBytes(),
                run.embedded().maxConnections(),
                RouterSettings.NONE);
        return new EmbeddedTopology(embedded, run.data().database(), Benchmark::say).start();
    }

    private Target target(Deployment deployment) {
        server = "MySQL " + deployment.replicaSet().primary().version();
        return new Target(deployment.replicaSet(), run.data().database(), directory.path());
    }

    private BenchmarkReport report() {
        return new BenchmarkReport(
                start,
                Runtime.getRuntime().availableProcessors(),
                ToolVersions.read(),
                server,
                versions,
                settings.effective(),
                notes,
                failures,
                Summary.of(measurements),
                tables,
                routing,
                backups,
                measurements);
    }

    private void end() throws IOException {
        BenchmarkReport report = report();
        System.out.println(SummaryTable.of(report.summaries())
                + (tables == null ? "" : tables.text())
                + (routing == null ? "" : routing.text())
                + (backups == null ? "" : backups.text()));
        notes.forEach(System.out::println);
        report.write(run.reportDirectory()).forEach(file -> System.out.println("written: " + file));
        if (!failures.isEmpty()) {
            throw new BenchmarkException(failures.size() + " measurements failed:\n" + String.join("\n", failures));
        }
    }

    private static void say(String line) {
        System.out.println("benchmark: " + line);
    }
}
