package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.report.ReportSchema;
import distributedmysql.report.html.Browser;
import distributedmysql.topology.TestCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a run ended.
 *
 * @param output of both streams
 * @param results the directory that both reports go to
 * @param cache its {@code embedded.cache-directory}
 */
record PlayedRun(int exitCode, String output, Path results, Path cache) {
    /** The one JSON summary, as the schema says. */
    JsonNode report() {
        Path file = reportFile();
        ReportSchema.validate(file);
        try {
            return JsonMapper.builder().build().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path reportFile() {
        return theOne("test_report_.*\\.json");
    }

    /** The HTML report opens in a browser, if there is one, with all that must hold of each. */
    void assertPageOpens() {
        Path page = theOne("report_.*\\.html");
        assertThat(output).contains("HTML: " + page);
        try (Browser browser = Browser.find().orElse(null)) {
            if (browser != null) {
                browser.assertGood(page);
            }
        }
    }

    /** By the check's name, in the report's order. */
    Map<String, String> verdicts() {
        Map<String, String> verdicts = new LinkedHashMap<>();
        report().at("/checks")
                .forEach(check -> verdicts.put(
                        check.get("name").asText(), check.get("verdict").asText()));
        return verdicts;
    }

    /**
     * Every check says VALID, apart from those of how fast this machine is at the moment, which is no matter of the tests; a
     * run that was too slow must say so.
     */
    void assertValidUnlessSlow() {
        List<String> failed = verdicts().entrySet().stream()
                .filter(check -> !check.getValue().equals("VALID"))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(verdicts()).isNotEmpty();
        assertThat(failed)
                .as(output)
                .allMatch(name -> name.endsWith("target rate")
                        || name.startsWith("server silence: ")
                        || check(name).startsWith("UNKNOWN because this machine was busy"));
        assertThat(report().at("/verdict").asText()).isEqualTo(failed.isEmpty() ? "PASS" : "FAIL");
        assertThat(exitCode).as(output).isEqualTo(failed.isEmpty() ? 0 : 2);
    }

    /** Verdict and evidence of one check. */
    String check(String name) {
        return StreamSupport.stream(report().at("/checks").spliterator(), false)
                .filter(check -> check.get("name").asText().equals(name))
                .map(check -> check.get("verdict").asText() + " "
                        + check.get("evidence").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check \"" + name + "\" in\n" + output));
    }

    /** What each entry of an array of the report has for this key. */
    static List<String> texts(JsonNode array, String key) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(entry -> entry.get(key).asText())
                .toList();
    }

    /** The steps that the console said, by their names and in their order. */
    List<String> steps() {
        return StreamSupport.stream(report().at("/events").spliterator(), false)
                .filter(event -> event.get("kind").asText().equals("step"))
                .map(event -> event.get("about").asText())
                .toList();
    }

    /** The last paragraph of the console. */
    String lastWords() {
        String[] paragraphs = output.strip().split("\\R\\s*\\R");
        return paragraphs[paragraphs.length - 1];
    }

    /** The folder of Gatling's report. */
    Path gatlingFolder() {
        return theOne(".*simulation.*-\\d+");
    }

    /** By the server's name. */
    Map<String, Path> errorLogs() {
        return matching("error_log_.*").stream()
                .collect(Collectors.toMap(
                        log -> log.getFileName().toString().replaceFirst(".*_(.*)\\.log", "$1"), log -> log));
    }

    boolean hasReports() {
        return !matching(".*").isEmpty();
    }

    Path theOne(String name) {
        List<Path> found = matching(name);
        assertThat(found).as(name + " in " + results + " after\n" + output).hasSize(1);
        return found.get(0);
    }

    private List<Path> matching(String name) {
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(results)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No server that it has started, no router, and none of their data. */
    void assertNothingIsLeft() throws IOException {
        assertThat(TestCache.processes(cache)).as(output).isEmpty();
        assertThat(cache.resolve("runs")).isEmptyDirectory();
    }

    /** Neither the console nor any file has it. */
    void assertTellsNowhere(String secret) throws IOException {
        assertThat(output).doesNotContain(secret);
        try (Stream<Path> files = Files.walk(results)) {
            assertThat(files.filter(Files::isRegularFile)).noneMatch(file -> has(file, secret));
        }
    }

    private static boolean has(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
