package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import distributedmysql.benchmark.GeneratorKind;
import distributedmysql.benchmark.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The settings of a benchmark.
 *
 * @param workloads of the closed model
 * @param connections of each generator to the server in the closed model, one measurement each
 * @param comparedRows of the table that is compared on primary and replica
 * @param backedUpRows of the table of which full backups are made
 * @param routing keys whose servers are found
 * @param repetitions how often each measurement is taken
 * @param rows of the table
 * @param warmUp from the start of the load to the measured window; whole seconds
 * @param steady the measured window; whole seconds
 * @param effective every setting as it took effect, by key
 */
public record BenchmarkSettings(
        List<GeneratorKind> generators,
        List<Part> parts,
        List<Workload> workloads,
        List<Integer> connections,
        Open open,
        int comparedRows,
        int backedUpRows,
        Routing routing,
        int repetitions,
        int rows,
        Duration warmUp,
        Duration steady,
        Map<String, Object> effective) {

    /** What is measured. */
    public enum Part {
        /** Each connection waits for its last answer before it sends the next request. */
        CLOSED,
        /** Requests arrive at a rate of their own. */
        OPEN,
        /** Our comparison of whole tables, beside pt-table-checksum. */
        TABLES,
        /** Finding the server of a key, without servers. */
        ROUTING,
        /** Our full backup by the clone plugin, beside what a shell makes of the same files. */
        BACKUPS;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The open model: point selects.
     *
     * @param percents of the capacity: the rate, one measurement each
     * @param stallPercent of the capacity: the rate while the server is stopped once
     * @param stall for how long
     */
    public record Open(int connections, List<Integer> percents, int stallPercent, Duration stall) {
        private static final String SECTION = "benchmark.open.";

        static Open read(SettingsReader reader) {
            return new Open(
                    reader.integer(SECTION + "connections", 1, 500),
                    reader.integers(SECTION + "percents", 1, 100),
                    reader.integer(SECTION + "stall-percent", 1, 100),
                    // Shorter than a second: the server is read once a second.
                    reader.duration(SECTION + "stall", Duration.ofMillis(10), Duration.ofMillis(700)));
        }
    }

    /**
     * Keys that are routed.
     *
     * @param points of each shard on a ring
     */
    public record Routing(int shards, int points, int keys) {
        private static final String SECTION = "benchmark.routing.";

        static Routing read(SettingsReader reader) {
            return new Routing(
                    reader.integer(SECTION + "shards", 1, 1_000),
                    reader.integer(SECTION + "points", 1, 10_000),
                    reader.integer(SECTION + "keys", 100_000, 100_000_000));
        }
    }

    private static final Path DIRECTORY = Path.of("src", "bench", "resources");
    private static final String SECTION = "benchmark";
    private static final String PROFILE = SECTION + ".profile";

    /**
     * Reads {@code benchmark.conf}, or {@code benchmark-NAME.conf} where the property {@code benchmark.profile} is NAME.
     *
     * @param project the directory that holds {@code src}
     * @param properties the command line's {@code -Dbenchmark.key=value}
     * @throws SettingsException if a key, a value or a combination of values is not allowed
     */
    public static BenchmarkSettings load(Path project, Properties properties) {
        String profile = properties.getProperty(PROFILE);
        Path defaults = project.resolve(DIRECTORY).resolve("benchmark.conf");
        Path file = profile == null ? defaults : defaults.resolveSibling("benchmark-" + profile + ".conf");
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(
                    profile == null
                            ? file + ": not found; run from the project's directory"
                            : "command line: " + PROFILE + " = " + profile + ": there is no " + file);
        }
        try {
            Config known = ConfigFactory.parseFile(defaults.toFile());
            Config chosen = ConfigFactory.parseFile(file.toFile());
            Config merged = ConfigFactory.parseMap(overrides(known, properties), "command line")
                    .withFallback(chosen);
            return read(new SettingsReader(merged.resolve(), chosen.resolve(), file.toString()));
        } catch (ConfigException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    private static Map<String, Object> overrides(Config known, Properties properties) {
        Map<String, Object> overrides = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(SECTION + ".") && !key.equals(PROFILE)) {
                if (!known.hasPath(key)) {
                    throw new SettingsException(
                            "command line: unknown key " + key + " (all keys are in benchmark.conf)");
                }
                overrides.put(key, properties.getProperty(key));
            }
        }
        return overrides;
    }

    private static BenchmarkSettings read(SettingsReader reader) {
        BenchmarkSettings settings = new BenchmarkSettings(
                chosen(
                        reader,
                        "benchmark.generators",
                        Stream.of(GeneratorKind.values())
                                .map(GeneratorKind::label)
                                .toList(),
                        GeneratorKind.values()),
                chosen(
                        reader,
                        "benchmark.parts",
                        Stream.of(Part.values()).map(Part::label).toList(),
                        Part.values()),
                chosen(
                        reader,
                        "benchmark.workloads",
                        Stream.of(Workload.values()).map(Workload::label).toList(),
                        Workload.values()),
                reader.integers("benchmark.connections", 1, 500),
                Open.read(reader),
                reader.integer("benchmark.tables.rows", 1000, 100_000_000),
                reader.integer("benchmark.backups.rows", 1000, 100_000_000),
                Routing.read(reader),
                reader.integer("benchmark.repetitions", 1, 1000),
                reader.integer("benchmark.rows", 1000, 100_000_000),
                seconds(reader, "benchmark.warm-up"),
                seconds(reader, "benchmark.steady"),
                reader.origins().effective());
        reader.refuseUnknownKeys();
        return settings;
    }

    private static <E> List<E> chosen(SettingsReader reader, String key, List<String> labels, E[] values) {
        String allowed = "a list of " + String.join(", ", labels);
        List<String> chosen = reader.texts(key, allowed, labels::contains);
        return new LinkedHashSet<>(chosen)
                .stream().map(label -> values[labels.indexOf(label)]).toList();
    }

    /** Whole, because the generators are watched second by second. */
    private static Duration seconds(SettingsReader reader, String key) {
        Duration duration = reader.duration(key, Duration.ofSeconds(2), Settings.HOUR);
        if (duration.toMillis() % 1000 != 0) {
            throw reader.refused(key, "must be whole seconds");
        }
        return duration;
    }
}
