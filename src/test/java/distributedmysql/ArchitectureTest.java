package distributedmysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the imports: which package may know which. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java/distributedmysql");
    private static final Pattern OURS =
            Pattern.compile("^import (?:static )?distributedmysql\\.([a-z]+)", Pattern.MULTILINE);
    private static final Pattern ANY = Pattern.compile("^import (?:static )?([a-z.]+)\\.[A-Z]", Pattern.MULTILINE);

    /** From right to left of the design: a package may know those of its own layer and of the layers below. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("config", "time"),
            List.of("topology", "history"),
            List.of("connection", "check", "monitor"),
            List.of("workload", "fault", "report"),
            List.of("gatling"));

    @Test
    void aPackageKnowsOnlyItsOwnLayerAndThoseBelow() throws IOException {
        List<String> violations = new ArrayList<>();
        for (Path file : sources("")) {
            Matcher imports = OURS.matcher(Files.readString(file));
            while (imports.find()) {
                if (layer(imports.group(1)) > layer(packageOf(file))) {
                    violations.add(file + " imports " + imports.group());
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void historyAndCheckKnowNeitherJdbcNorGatling() throws IOException {
        assertThat(importing("history", "java.sql", "javax.sql", "com.mysql", "io.gatling", "scala"))
                .isEmpty();
        assertThat(importing("check", "java.sql", "javax.sql", "com.mysql", "io.gatling", "scala"))
                .isEmpty();
    }

    @Test
    void onlyTheInternalPackageTouchesScala() throws IOException {
        List<String> outside = importing("", "scala").stream()
                .filter(file -> !file.contains("gatling/internal"))
                .toList();
        assertThat(outside).isEmpty();
    }

    /** Past {@code SessionSettings}, a connection would depend on the server's defaults. */
    @Test
    void connectionsAreOpenedInOnePlace() throws IOException {
        assertThat(filesWith("DriverManager|\\bjdbc:mysql|sessionVariables"))
                .containsExactly("topology/SessionSettings");
        assertThat(filesWith("new HikariConfig\\("))
                .containsExactlyInAnyOrder("connection/NodePool", "connection/SideBySidePools");
        assertThat(filesWith("new HikariDataSource\\("))
                .containsExactlyInAnyOrder("connection/ConnectionStep", "connection/SideBySidePools");
        assertThat(filesWith("new (Driver|NonRegisteringDriver|Mysql\\w*DataSource)\\("))
                .isEmpty();
    }

    @Test
    void nothingTurnsWhatSessionsSetBackToTheServersDefault() throws IOException {
        assertThat(filesWith("SET (SESSION |@@)?\\w+ ?= ?DEFAULT|setMaxRows|resetServerState"))
                .isEmpty();
        assertThat(filesWith("nativeSQL|setEscapeProcessing|prepareCall")).isEmpty();
    }

    /** Without the folders before and {@code .java}. */
    private static List<String> filesWith(String pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources("")) {
            if (Pattern.compile(pattern).matcher(Files.readString(file)).find()) {
                found.add(SOURCES.relativize(file).toString().replace(".java", ""));
            }
        }
        return found;
    }

    private static List<String> importing(String folder, String... prefixes) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources(folder)) {
            Matcher imports = ANY.matcher(Files.readString(file));
            while (imports.find()) {
                if (Stream.of(prefixes).anyMatch((imports.group(1) + ".")::startsWith)) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }

    private static List<Path> sources(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String packageOf(Path file) {
        return SOURCES.relativize(file).getName(0).toString();
    }

    private static int layer(String name) {
        for (int i = 0; i < LAYERS.size(); i++) {
            if (LAYERS.get(i).contains(name)) {
                return i;
            }
        }
        throw new AssertionError("the package " + name + " is in no layer");
    }
}
