package distributedmysql.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewExperimentTest {
    private static final Path CODE = Path.of("src/main/java/distributedmysql/experiment");
    private static final Path CONFIG = Path.of("simulations-config");

    @TempDir
    private Path project;

    @BeforeEach
    void copy() throws IOException {
        for (Path file : List.of(
                Path.of("src/test/java/distributedmysql/simulations/ToySimulation.java"),
                CODE.resolve("Experiments.java"),
                CONFIG.resolve("default.conf"),
                Path.of("docs/test-report.schema.json"))) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.copy(file, project.resolve(file));
        }
    }

    @Test
    @DisplayName("What is made compiles as it is, is in the list and in the settings, and says what is left to do")
    void made() throws IOException {
        List<String> says = NewExperiment.make(project, "row-echo");

        assertThat(compiled()).isEmpty();
        assertThat(project.resolve(CODE).resolve("Experiments.java"))
                .content()
                .contains("ROW_ECHO = new RowEchoExperiment();")
                .containsPattern(",\\s+ROW_ECHO,\\s+FAILOVER\\)");
        assertThat(project.resolve(CONFIG).resolve("default.conf"))
                .content()
                .contains("\ninclude \"experiments/row-echo.conf\"\n");
        assertThat(project.resolve(CONFIG).resolve("experiments/row-echo.conf"))
                .content()
                .contains("row-echo {", "  rate = 50\n", "  duration = 2s\n");
        assertThat(project.resolve("docs/experiments/row-echo.md")).content().startsWith("# Row echo\n");
        assertThat(project.resolve(CODE).resolve("rowecho"))
                .isDirectoryRecursivelyContaining(file -> file.endsWith("package-info.java"))
                .isDirectoryNotContaining(file -> content(file).matches("(?is).*\\btoy.*"));
        assertThat(says)
                .hasSize(10)
                .last()
                .asString()
                .contains("make schema", "docs/verdicts.md", "-Dexperiments=row-echo", "FullSimulation does not");
    }

    @Test
    void oneThatThereIsStaysAsItIs() throws IOException {
        NewExperiment.make(project, "row-echo");
        Path settings = project.resolve(CONFIG).resolve("experiments/row-echo.conf");
        Files.writeString(settings, "mine");

        assertThatThrownBy(() -> NewExperiment.make(project, "row-echo"))
                .hasMessageContaining("NAME = row-echo: there is ")
                .hasMessageContaining("experiment/rowecho already");
        assertThat(settings).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Backup", "schema_change", "-backup", "schema--change", "two words", "../up", "new"})
    void aNameThatIsNotAllowed(String name) {
        assertThatThrownBy(() -> NewExperiment.make(project, name))
                .hasMessageContaining("NAME = " + name + ": must be lower-case words, joined by hyphens");
        assertThat(project.resolve("docs/experiments")).doesNotExist();
    }

    @Test
    void aNameThatOtherSettingsHave() {
        assertThatThrownBy(() -> NewExperiment.make(project, "data"))
                .hasMessageContaining("default.conf has settings of this name");
    }

    static Stream<String> keysOfTheSummary() {
        return Stream.of(RunReport.class.getRecordComponents())
                .filter(component -> !component.getName().equals("sections"))
                .map(component ->
                        component.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
                // It has settings of this name, too.
                .filter(name -> !name.equals("topology"));
    }

    @ParameterizedTest
    @MethodSource("keysOfTheSummary")
    void aNameThatTheSummaryHas(String name) {
        assertThatThrownBy(() -> NewExperiment.make(project, name))
                .hasMessageContaining("NAME = " + name + ": the JSON summary has ")
                .hasMessageContaining("such as NAME=row-echo");
    }

    @Test
    @DisplayName("A word that the sources use is refused, because no test could tell it from the experiment")
    void aNameThatIsAWordOfTheSources() throws IOException {
        assertThatThrownBy(() -> NewExperiment.refuseMentioned(Path.of(""), "record"))
                .hasMessageStartingWith("NAME = record: src/main/java/distributedmysql/")
                .hasMessageEndingWith("; take two words that nothing else has, such as NAME=row-echo");
        NewExperiment.refuseMentioned(Path.of(""), "row-echo");
    }

    /** @return what the compiler says, with the framework as it is */
    private List<String> compiled() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(project.resolve(CODE))) {
            List<Path> java =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            String output = Files.createDirectory(project.resolve("classes")).toString();
            compiler.getTask(
                            null,
                            files,
                            said,
                            List.of("-proc:none", "-Xlint:all,-classfile", "-d", output),
                            null,
                            files.getJavaFileObjectsFromPaths(java))
                    .call();
        }
        return said.getDiagnostics().stream().map(Object::toString).toList();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
