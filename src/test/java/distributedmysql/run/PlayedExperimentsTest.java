package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What one experiment throws at the end of a run keeps the others from nothing")
class PlayedExperimentsTest {
    private final List<String> closed = new ArrayList<>();
    private final List<CheckResult> failed = new ArrayList<>();
    private final PlayedExperiments experiments = new PlayedExperiments();

    /** Throws in both if it is to. */
    private final class Played implements ExperimentRun {
        private final String name;
        private final boolean throwing;

        Played(String name, boolean throwing) {
            this.name = name;
            this.throwing = throwing;
        }

        @Override
        public List<Step> steps() {
            return List.of();
        }

        @Override
        public Optional<Section> section(Set<String> busy) {
            refuse();
            return Optional.of(new Named(name));
        }

        @Override
        public void close() {
            refuse();
            closed.add(name);
        }

        private void refuse() {
            if (throwing) {
                throw new IllegalStateException("no " + name);
            }
        }
    }

    private record Named(String name) implements Section {
        @Override
        public List<String> console(UnaryOperator<String> mark) {
            return List.of();
        }
    }

    @Test
    void throwing() {
        experiments.add("first", new Played("first", true));
        experiments.add("second", new Played("second", false));

        experiments.close(failed::add);
        Map<String, Section> sections = experiments.sections(Set.of(), failed::add);

        assertThat(closed).containsExactly("second");
        assertThat(sections).isEqualTo(Map.of("second", new Named("second")));
        assertThat(failed).hasSize(2).allSatisfy(result -> {
            assertThat(result.name()).isEqualTo("end of the experiment: first");
            assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        });
        assertThat(failed.get(0).evidence())
                .startsWith("close() threw java.lang.IllegalStateException: no first (PlayedExperimentsTest.java:");
        assertThat(failed.get(1).evidence()).startsWith("section() threw ");
        assertThatThrownBy(experiments::rethrow).hasMessage("no first");
    }

    @Test
    void none() {
        experiments.add("second", new Played("second", false));

        experiments.close(failed::add);

        assertThat(failed).isEmpty();
        assertThatCode(experiments::rethrow).doesNotThrowAnyException();
    }
}
