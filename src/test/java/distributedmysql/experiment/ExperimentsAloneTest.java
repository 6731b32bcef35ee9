package distributedmysql.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.run.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nothing but its folder and {@link Experiments} names an experiment, so that it can be taken away, and another added. */
class ExperimentsAloneTest {
    /** String literals and comments. */
    private static final String TEXT = "\"(?:\\\\.|[^\"\\\\\n])*\"|/\\*.*?\\*/|//[^\n]*";

    /** Those whose names are words that everybody needs: only what can be nothing else names them. */
    private static final Set<String> ORDINARY = Set.of("backup", "connections", "failover");

    /** What looks like an experiment's name and is none. */
    private record Excused(String text, String why) {}

    private static final List<Excused> EXCUSED = List.of(
            new Excused("FailoverManager", "carries out a failover, whoever asks for it"),
            new Excused("FailoverOptions", "likewise"),
            new Excused("FailoverRecord", "likewise"),
            new Excused("failover.md", "a page of the documentation, which tells of errant transactions too"),
            new Excused("\"connections\"", "a unit, and a noun in a sentence"),
            new Excused("configuring-consistency-guarantees", "MySQL's, in the address of a page of its manual"),
            new Excused("performance schema", "MySQL's"),
            new Excused("performance-schema", "MySQL's, in the address of a page of its manual"));

    @Test
    void nothingElseNamesOne() throws IOException {
        List<String> found = new ArrayList<>();
        Set<Excused> needed = new HashSet<>();
        for (Path file : NewExperiment.sources(Path.of(""))) {
            String source = Files.readString(file);
            for (Excused excused : EXCUSED) {
                if (source.contains(excused.text())) {
                    needed.add(excused);
                    source = source.replace(excused.text(), "");
                }
            }
            source = withoutOwnName(file, source);
            for (Experiment experiment : new Experiments().experiments()) {
                if (!file.startsWith(folder(experiment)) && !file.startsWith(played(experiment))) {
                    mentions(source, experiment.key()).forEach(mention -> found.add(file + ": " + mention));
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(needed).as("what is excused, and there").containsExactlyInAnyOrderElementsOf(EXCUSED);
    }

    @Test
    @DisplayName("Each way to name an experiment is found")
    void planted() {
        assertThat(mentions("import distributedmysql.experiment.soak.Leak;", "soak"))
                .containsExactly("soak");
        assertThat(mentions("new SoakReport(Experiments.SOAK)", "soak")).containsExactly("SOAK", "SoakReport");
        assertThat(mentions("/* As the soak does. */ \"soak errors\"", "soak")).containsExactly("soak");
        assertThat(mentions("\"schema-change.rate\" + new SchemaChangeSection()", "schema-change"))
                .containsExactly("SchemaChangeSection", "schema-change");
        assertThat(mentions("import distributedmysql.experiment.schemachange.Ddl;", "schema-change"))
                .containsExactly("experiment.schemachange");
        assertThat(mentions("Experiments.CONNECTIONS, sections.get(\"connections\")", "connections"))
                .containsExactly("\"connections\"", "Experiments.CONNECTIONS");
        assertThat(mentions("new ConnectionsSteps() /** Of {@code connections.steps}. */", "connections"))
                .containsExactly("ConnectionsSteps", "connections.steps");
    }

    @Test
    @DisplayName("What MySQL calls so, and what everybody calls so, is no experiment")
    void ordinary() {
        assertThat(mentions("FROM performance_schema.threads", "performance")).isEmpty();
        assertThat(mentions("set(\"enforce_gtid_consistency\", \"ON\")", "consistency"))
                .isEmpty();
        assertThat(mentions("connections.close(); // external.max-connections: of more connections.", "connections"))
                .isEmpty();
    }

    /** A name of two words may have another experiment's as one of them. */
    private static String withoutOwnName(Path file, String source) {
        return new Experiments()
                .experiments().stream()
                        .filter(own -> file.startsWith(folder(own)))
                        .map(own -> source.replaceAll("(?i)\\b" + own.key().replace("-", "[- ]") + "\\b", ""))
                        .findFirst()
                        .orElse(source);
    }

    private static Path folder(Experiment experiment) {
        return Path.of("src/main/java", experiment.getClass().getPackageName().split("\\."));
    }

    /** What an experiment plays may have its name: it is there without the experiment. */
    private static Path played(Experiment experiment) {
        return Path.of("src/main/java/distributedmysql", experiment.key());
    }

    private static Set<String> mentions(String source, String key) {
        if (!ORDINARY.contains(key)) {
            return NewExperiment.mentions(source, key);
        }
        Set<String> found = NewExperiment.types(source, key);
        found.addAll(all("\\bexperiment\\." + key + "\\b", source));
        found.addAll(all("\\bExperiments\\." + key.toUpperCase(Locale.ROOT) + "\\b|\"" + key + "\"", source));
        all(TEXT, source).forEach(text -> found.addAll(all("(?<![\\w.-])" + key + "\\.[a-z][\\w-]*", text)));
        return found;
    }

    private static List<String> all(String pattern, String source) {
        return NewExperiment.all(pattern, source);
    }
}
