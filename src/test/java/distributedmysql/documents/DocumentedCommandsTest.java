package distributedmysql.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import distributedmysql.config.Settings;
import distributedmysql.documents.Documents.Block;
import distributedmysql.experiment.AllSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Whatever the documents tell users to type is known, fits the project, and some test executes it")
class DocumentedCommandsTest {
    /** Java, a picture, or what the console prints. */
    private static final Pattern NO_COMMAND = Pattern.compile(
            "(?:flowchart |feed\\(|package |import |private |\"|\\[ *\\d+ s]|Stage {5,}|VALID |INVALID |UNKNOWN |Verdict: ).*");

    private static final Pattern SETTINGS = Pattern.compile("[a-z][a-z.-]* *(?:\\{|=).*");
    private static final Pattern WITH_VARIABLES = Pattern.compile("(?:[A-Z_]+=\\S+ )*mvn .*");
    private static final Pattern DOCKER = Pattern.compile("docker[ -]compose -f (\\S+) (up|down|ps)(.*)");
    private static final Pattern PROPERTY =
            Pattern.compile("-D([A-Za-z][\\w.-]*)(?:=(\"[^\"]*\"|(?:<[^>]*>|[^\\s<])*))?");

    /** Of statements, without which nothing can be pasted. */
    private static final Pattern NAMES = Pattern.compile(
            "CREATE USER|KILL QUERY|LOCK TABLES|SET \\w+|XA (?:START|PREPARE|COMMIT|RECOVER CONVERT XID)");

    /** What Gatling, Maven and its plugins understand themselves. */
    private static final List<String> OF_MAVEN = List.of(
            "test",
            "argLine",
            "artifact",
            "exec.args",
            "gatling.simulationClass",
            "targetClasses",
            "mutationThreshold");

    static Stream<Block> blocks() {
        return Documents.blocks().stream();
    }

    /** A block of a kind that is not known here is one that nobody executes: register it where its kind is executed. */
    @ParameterizedTest
    @MethodSource
    void blocks(Block block) throws Exception {
        String first = block.first();
        if (DocumentedSql.changes(first)) {
            assertThat(Stream.of(DocumentedSql.values()).filter(known -> known.is(block)))
                    .as(block + ": to be registered in DocumentedSql, and executed by the test named there")
                    .hasSize(1);
        } else if (DocumentedSql.reads(block)) {
            assertThat(Files.readString(source("topology/external/PastedSqlIT")))
                    .contains("DocumentedSql.reading()");
        } else if (first.startsWith("jq ") || first.startsWith("report=")) {
            // Executed by DocumentedGatesTest, which reads all pages.
            assertThat(block.file().toString()).endsWith(".md");
        } else if (SETTINGS.matcher(first).matches()) {
            assertSettings(ConfigFactory.parseString(String.join("\n", block.lines())));
        } else if (!NO_COMMAND.matcher(first).matches()) {
            for (String command : block.commands()) {
                assertCommand(block, command);
            }
        }
    }

    static Stream<Block> spans() {
        return Documents.spans().stream().filter(span -> {
            String text = span.text();
            return text.startsWith("-D")
                    || DOCKER.matcher(text).matches()
                    || WITH_VARIABLES.matcher(text).matches();
        });
    }

    @ParameterizedTest
    @MethodSource
    void spans(Block span) throws Exception {
        if (span.text().startsWith("-D")) {
            assertProperties(span.text(), new Properties());
        } else {
            assertCommand(span, span.text());
        }
    }

    @Test
    void aStatementToPasteIsABlockOfItsOwn() {
        assertThat(Documents.spans())
                .filteredOn(span -> DocumentedSql.changes(span.text()))
                // With parameters, it is what the load sends.
                .filteredOn(span ->
                        !NAMES.matcher(span.text()).matches() && !span.text().contains("?"))
                .isEmpty();
    }

    @Test
    void everyRegisteredStatementIsThereAndItsTestToo() throws Exception {
        for (DocumentedSql sql : DocumentedSql.values()) {
            assertThat(sql.statements()).as(sql.name()).isNotEmpty();
            Path test = Path.of("src/test/java/distributedmysql", sql.test().replace('.', '/') + ".java");
            assertThat(Files.readString(test)).contains("void " + sql.method() + "(", "DocumentedSql." + sql.name());
        }
    }

    @Test
    void whatNobodyHasRegisteredIsFound() throws IOException {
        Path page = Files.createTempFile("page", ".md");
        Files.writeString(page, "Paste\n\n    RESET MASTER;\n\nor\n\n```\nrm -r data\n```\n");
        List<Block> blocks = Documents.blocks(page);
        Files.delete(page);
        assertThat(blocks).extracting(Block::first).containsExactly("RESET MASTER;", "rm -r data");
        for (Block block : blocks) {
            assertThatCode(() -> blocks(block)).as(block.toString()).isInstanceOf(AssertionError.class);
        }
    }

    private static void assertCommand(Block where, String command) throws Exception {
        String text = command.strip();
        Matcher docker = DOCKER.matcher(text);
        if (WITH_VARIABLES.matcher(text).matches()) {
            assertMaven(text.substring(text.indexOf("mvn ")));
        } else if (text.startsWith("make ")) {
            assertThat(Path.of("Makefile")).content().contains("\n" + text.split(" ")[1] + ":");
        } else if (text.startsWith("export ")) {
            String compose = Files.readString(Path.of("docker/docker-compose.yml"));
            for (String variable : text.substring("export ".length()).split(" ")) {
                assertThat(compose).contains("${" + variable.replaceFirst("=.*", ":"));
            }
        } else {
            assertThat(docker.matches())
                    .as(where + ": how is this executed by a test: " + text)
                    .isTrue();
            assertThat(Path.of(docker.group(1))).isRegularFile();
            // ps only shows.
            for (String word :
                    (docker.group(2) + docker.group(3)).replaceFirst("^ps", "").split(" ")) {
                assertThat(Files.readString(source("topology/docker/ComposeProject")))
                        .contains(word.isEmpty() ? "" : "\"" + word + "\"");
            }
        }
    }

    private static void assertMaven(String command) throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        Properties properties = new Properties();
        if (command.contains(" gatling:test")) {
            assertProperties(command, properties);
            String simulation =
                    properties.getProperty("gatling.simulationClass", "distributedmysql.simulations.FullSimulation");
            Class.forName(simulation.contains(".") ? simulation : "distributedmysql.simulations." + simulation);
            assertThat(isPlayed(simulation.substring(simulation.lastIndexOf('.') + 1)))
                    .as(simulation + " is played by CI or an integration test")
                    .isTrue();
        }
        for (String word : PROPERTY.matcher(command).replaceAll("").split("\\s+")) {
            if (word.startsWith("-P")) {
                assertThat(pom).contains("<id>" + word.substring(2) + "</id>");
            } else if (word.startsWith("exec:java@")) {
                assertThat(pom).contains("<id>" + word.substring("exec:java@".length()) + "</id>");
            } else if (word.contains(":")) {
                assertThat(pom).contains(word.startsWith("gatling:") ? "gatling-maven-plugin" : "pitest-maven");
            } else {
                assertThat(word).isIn("mvn", "-q", "-B", "verify", "test", "compile", "test-compile");
            }
        }
        assertTest(command);
        assertBenchmark(command);
    }

    /** Of {@code -Dtest=…}: the class is there, and reads the other properties. */
    private static void assertTest(String command) throws IOException {
        Matcher test = Pattern.compile("-Dtest=(\\w+)").matcher(command);
        if (test.find()) {
            List<Path> classes = sources(test.group(1) + ".java");
            assertThat(classes).as(command).hasSize(1);
            Matcher property = PROPERTY.matcher(command);
            while (property.find()) {
                if (!OF_MAVEN.contains(property.group(1))) {
                    assertThat(Files.readString(classes.get(0))).contains("\"" + property.group(1) + "\"");
                }
            }
        }
    }

    private static void assertBenchmark(String command) {
        Config keys = ConfigFactory.parseFile(
                Path.of("src/bench/resources/benchmark.conf").toFile());
        Matcher property = PROPERTY.matcher(command);
        while (property.find()) {
            if (property.group(1).startsWith("benchmark.") && !property.group(1).equals("benchmark.profile")) {
                assertThat(keys.hasPathOrNull(property.group(1)))
                        .as(property.group(1))
                        .isTrue();
            }
        }
    }

    /** A run would accept them. */
    private static void assertProperties(String text, Properties all) throws IOException {
        Matcher property = PROPERTY.matcher(text);
        Properties settings = new Properties();
        while (property.find()) {
            String key = property.group(1);
            String value = property.group(2) == null ? "" : property.group(2);
            all.setProperty(key, value);
            String pom = Files.readString(Path.of("pom.xml"));
            boolean ours = !OF_MAVEN.contains(key) && !pom.contains("${" + key + "}") && !key.startsWith("benchmark.");
            if (ours) {
                settings.setProperty(key, value.replaceAll("<[^>]*>|^mine\\b", "external"));
            }
        }
        settings.putIfAbsent("profile", "default");
        assertThatCode(() -> AllSettings.load(settings, AllSettings.KEYS))
                .as(text)
                .doesNotThrowAnyException();
        Config defaults = ConfigFactory.parseFile(
                Path.of("simulations-config/default.conf").toFile());
        assertThat(settings.stringPropertyNames())
                .as("keys that there are: " + text)
                .allMatch(key ->
                        Set.of("profile", Settings.EXPERIMENTS, Settings.DEBUG).contains(key)
                                || defaults.hasPathOrNull(key));
    }

    private static void assertSettings(Config block) {
        Properties properties = new Properties();
        // What is compared is said in a file that is read together with look.conf.
        properties.setProperty("profile", block.hasPath("external.compare-databases") ? "external,look" : "external");
        block.entrySet()
                .forEach(entry -> properties.setProperty(
                        entry.getKey(), text(entry.getValue().unwrapped())));
        assertThatCode(() -> AllSettings.load(properties, AllSettings.KEYS)).doesNotThrowAnyException();
    }

    /** As on a command line. */
    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private static boolean isPlayed(String simulation) throws IOException {
        List<Path> players = new ArrayList<>(List.of(Path.of(".ci/run")));
        try (Stream<Path> tests = Files.list(Path.of("src/test/java/distributedmysql/simulations"))) {
            tests.filter(file -> file.toString().endsWith("IT.java")).forEach(players::add);
        }
        for (Path player : players) {
            if (Files.readString(player).contains(simulation)) {
                return true;
            }
        }
        return false;
    }

    private static Path source(String name) {
        return Path.of("src/test/java/distributedmysql", name + ".java");
    }

    private static List<Path> sources(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : Arrays.asList(Path.of("src/test/java"), Path.of("src/bench/java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.endsWith(name)).forEach(found::add);
            }
        }
        return found;
    }
}
