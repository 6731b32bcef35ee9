package distributedmysql.comparison;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.report.Metric;
import distributedmysql.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the JSON summary of one run. */
final class RunReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Where results go and what is told: no figure depends on it. */
    private static final List<String> NO_MATTER = List.of("report.", "debug");

    private final Path file;
    private final JsonNode json;

    private RunReader(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    /** @throws RunsException if it is none, or has nothing to compare */
    static ComparedRun read(Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            return new RunReader(file, json).run();
        } catch (JacksonException e) {
            throw new RunsException(file + ": is no JSON: " + where(e));
        } catch (IOException e) {
            throw new RunsException(file + ": cannot be read");
        }
    }

    private static String where(JacksonException e) {
        String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
        return line + e.getOriginalMessage();
    }

    private ComparedRun run() throws JsonProcessingException {
        JsonNode version = json.path("schemaVersion");
        if (!version.isInt() || !json.path("run").isObject()) {
            throw new RunsException(file + ": is no JSON summary of a run");
        }
        if (version.asInt() != RunReport.SCHEMA_VERSION) {
            throw new RunsException(file + ": has version " + version.asInt() + " of the JSON summary; only "
                    + RunReport.SCHEMA_VERSION + " can be compared");
        }
        if (!json.path("metrics").isArray()) {
            throw new RunsException(file + ": has no metrics; it was made by a version that did not write them");
        }
        if (!json.at("/run/completed").asBoolean()) {
            throw new RunsException(file + ": the run did not come to its end: " + text("/run/incomplete"));
        }
        return new ComparedRun(file, start(), kind(), server(), settings(), madeWith(), metrics());
    }

    private String text(String path) {
        return json.at(path).asText("");
    }

    private Instant start() {
        try {
            return Instant.parse(text("/run/start"));
        } catch (DateTimeException e) {
            throw new RunsException(file + ": run.start = " + text("/run/start") + ": is no time");
        }
    }

    private Map<String, String> kind() {
        Map<String, String> kind = new LinkedHashMap<>();
        kind.put("simulation", text("/run/simulation"));
        kind.put("profile", text("/run/profile"));
        kind.put("experiments", experiments());
        kind.put("deployment", deployment());
        kind.put("processors", processors());
        return kind;
    }

    /** The keys that are none of the summary's own. */
    private String experiments() {
        Iterable<String> keys = json::fieldNames;
        return StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> !RunReport.isTaken(key))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Which server has which role may change from night to night, and so may the ports of servers that the run starts. */
    private String deployment() {
        List<JsonNode> nodes = nodes();
        String kind = text("/topology/kind");
        String roles = nodes.stream()
                .collect(Collectors.groupingBy(node -> node.path("role").asText(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(role -> role.getValue() + " × " + role.getKey())
                .collect(Collectors.joining(", "));
        String hosts = kind.equals("external")
                ? nodes.stream()
                        .map(node -> node.path("host").asText() + ":"
                                + node.path("port").asText())
                        .sorted()
                        .collect(Collectors.joining(", ", ": ", ""))
                : "";
        return kind + ", " + roles + hosts + (json.path("endpoints").isObject() ? ", behind a router" : "");
    }

    private List<JsonNode> nodes() {
        return StreamSupport.stream(json.at("/topology/nodes").spliterator(), false)
                .toList();
    }

    private String server() {
        return nodes().stream()
                .map(node -> node.path("version").asText())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private String processors() {
        JsonNode processors = json.at("/machine/where/processors");
        return processors.path("usable").asText("?") + " × "
                + processors.path("model").asText("?")
                + (processors.has("limit")
                        ? ", limited to " + processors.path("limit").asText()
                        : "");
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        json.at("/run/settings").properties().forEach(setting -> {
            if (NO_MATTER.stream().noneMatch(setting.getKey()::startsWith)) {
                JsonNode value = setting.getValue();
                settings.put(setting.getKey(), value.isTextual() ? value.asText() : value.toString());
            }
        });
        return settings;
    }

    private Map<String, String> madeWith() {
        Map<String, String> madeWith = new LinkedHashMap<>();
        madeWith.put("commit", text("/run/gitCommit"));
        Stream.of("framework", "connectorJ", "java", "os")
                .forEach(tool -> madeWith.put(tool, text("/run/toolVersions/" + tool)));
        return madeWith;
    }

    private Map<String, Metric> metrics() throws JsonProcessingException {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        Iterator<JsonNode> all = json.path("metrics").elements();
        while (all.hasNext()) {
            Metric metric = JSON.treeToValue(all.next(), Metric.class);
            metrics.put(metric.name(), metric);
        }
        return metrics;
    }
}
