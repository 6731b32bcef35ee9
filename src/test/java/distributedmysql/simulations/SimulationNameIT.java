package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("-Dgatling.simulationClass, as Maven sees it before Gatling's plugin does")
class SimulationNameIT {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @Test
    @DisplayName("A short name becomes the whole one")
    void shortName() throws Exception {
        Command.Result ended = validate("ConsistencySimulation");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("simulation: distributedmysql.simulations.ConsistencySimulation");
    }

    @ParameterizedTest
    @DisplayName("A name that is nobody's ends the build with what there is")
    @ValueSource(strings = {"FulSimulation", "distributedmysql.simulations.FulSimulation"})
    void misspelt(String name) throws Exception {
        Command.Result ended = validate(name);

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output())
                .contains("gatling.simulationClass = " + name + ": there is no such simulation. There are")
                .contains(
                        "distributedmysql.simulations.FullSimulation",
                        "distributedmysql.simulations.StabilitySimulation")
                .doesNotContain("\tat ");
    }

    @Test
    @DisplayName("A whole name, and one of another package, which may be a dependency's, are left alone")
    void others() throws Exception {
        for (String name : List.of("distributedmysql.simulations.FullSimulation", "com.example.ShopSimulation")) {
            Command.Result ended = validate(name);

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output()).doesNotContain("simulation: ");
        }
    }

    private static Command.Result validate(String name) throws Exception {
        String maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
        return Command.run(
                List.of(
                        maven,
                        "-o",
                        "-B",
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "-Dgatling.simulationClass=" + name,
                        "build-helper:bsh-property@simulation-name"),
                Map.of(),
                DEADLINE);
    }
}
