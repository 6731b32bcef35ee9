package distributedmysql.benchmark;

import distributedmysql.config.BenchmarkSettings;
import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.report.ToolVersions;
import distributedmysql.topology.Cluster;
import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import distributedmysql.topology.embedded.EmbeddedTopology;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The command {@code mvn -q -Pbench test-compile exec:java@benchmark}: starts a server, lets one generator after the other
 * send the same load, again and again, and prints and writes what was measured.
 */
public final class Benchmark {
    private final Instant start = Instant.now();
    private final BenchmarkSettings settings;
    private final Target target;
    private final List<String> notes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();

    private Benchmark(BenchmarkSettings settings, Target target) {
        this.settings = settings;
        this.target = target;
    }

    /**
     * @throws SettingsException if a setting is not allowed
     * @throws TopologyException if the server cannot be started
     * @throws BenchmarkException if a measurement failed; the others have been taken and written
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchmarkSettings settings = BenchmarkSettings.load(Path.of(""), System.getProperties());
        Settings run = Settings.load(Path.of(""), System.getProperties());
        EmbeddedSettings server = new EmbeddedSettings(
                0,
                run.embedded().basedir(),
                run.embedded().cacheDirectory(),
                run.embedded().bufferPoolBytes(),
                run.embedded().maxConnections());
        try (WorkDirectory directory = WorkDirectory.create();
                Cluster cluster = new EmbeddedTopology(server, run.data().database(), Benchmark::say).start()) {
            Target target = new Target(cluster, run.data().database(), directory.path());
            new Benchmark(settings, target).run(server.cacheDirectory(), run.reportDirectory());
        }
    }

    private void run(Path cacheDirectory, Path reportDirectory) throws IOException, InterruptedException {
        List<Generator> generators = new Generators(target, cacheDirectory).find(settings.generators(), notes);
        notes.forEach(Benchmark::say);
        new SbtestTable(target, settings.rows()).recreate();
        letLoadUserIn(target.node());
        for (Workload workload : settings.workloads()) {
            List<Generator> able = able(generators, workload);
            for (int connections : settings.connections()) {
                measure(able, workload, connections);
            }
        }
        report(generators, reportDirectory);
    }

    private List<Generator> able(List<Generator> generators, Workload workload) {
        List<Generator> able = new ArrayList<>();
        for (Generator generator : generators) {
            generator
                    .cannot(workload)
                    .ifPresentOrElse(
                            why -> {
                                notes.add(
                                        generator.kind().label() + ", " + workload.label() + ": not measured: " + why);
                                say(notes.get(notes.size() - 1));
                            },
                            () -> able.add(generator));
        }
        return able;
    }

    private void measure(List<Generator> generators, Workload workload, int connections) throws InterruptedException {
        LoadPlan plan = new LoadPlan(
                workload,
                connections,
                OptionalInt.empty(),
                settings.rows(),
                Math.toIntExact(settings.warmUp().toSeconds()),
                Math.toIntExact(settings.steady().toSeconds()));
        Measurements taker = new Measurements(target);
        for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
            for (Generator generator : generators) {
                String name = workload.label() + ", connections: " + connections + ", repetition " + repetition + " of "
                        + settings.repetitions() + ", " + generator.kind().label() + ": ";
                try {
                    if (workload.writes()) {
                        new SbtestTable(target, settings.rows()).recreate();
                    }
                    Measurement measurement = taker.take(generator, repetition, plan);
                    measurements.add(measurement);
                    say(name + Math.round(measurement.requestsPerSecond()) + "/s");
                } catch (BenchmarkException e) {
                    failures.add(name + e.getMessage());
                    say(name + "FAILED: " + e.getMessage());
                }
            }
        }
    }

    /**
     * Once an account has logged in over TLS, the server lets it in without: sysbench's library does not speak
     * caching_sha2_password's key exchange (MySQL manual, "Caching SHA-2 Pluggable Authentication").
     */
    private static void letLoadUserIn(Node node) {
        try {
            Node.connect(node.address(), node.load()).close();
        } catch (SQLException e) {
            throw new BenchmarkException(node + ": " + node.load() + " cannot connect", e);
        }
    }

    private void report(List<Generator> generators, Path directory) throws IOException {
        Map<String, String> versions = new LinkedHashMap<>();
        generators.forEach(generator -> versions.put(generator.kind().label(), generator.version()));
        BenchmarkReport report = new BenchmarkReport(
                start,
                Runtime.getRuntime().availableProcessors(),
                ToolVersions.read(),
                "MySQL " + target.node().version(),
                versions,
                settings.effective(),
                notes,
                failures,
                Summary.of(measurements),
                measurements);
        System.out.println(SummaryTable.of(report.summaries()));
        notes.forEach(System.out::println);
        System.out.println("written: " + report.write(directory));
        if (!failures.isEmpty()) {
            throw new BenchmarkException(failures.size() + " measurements failed:\n" + String.join("\n", failures));
        }
    }

    private static void say(String line) {
        System.out.println("benchmark: " + line);
    }
}
