package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("-Dgatling.simulationClass, as Gatling's plugin gets it")
class SimulationNameIT {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    @Test
    @DisplayName("A short name becomes the whole one")
    void shortName() throws Exception {
        assertPluginGets("distributedmysql.simulations.ConsistencySimulation", "ConsistencySimulation");
    }

    @Tag("nightly")
    @Test
    @DisplayName("A whole name, and one of another package, which may be a dependency's, are left alone")
    void others() throws Exception {
        for (String name : List.of("distributedmysql.simulations.FullSimulation", "com.example.ShopSimulation")) {
            assertPluginGets(name, name);
        }
    }

    @ParameterizedTest
    @DisplayName("A name that is nobody's ends the build with what there is")
    @ValueSource(strings = {"FulSimulation", "distributedmysql.simulations.FulSimulation"})
    void misspelt(String name) throws Exception {
        Command.Result ended = gatling(name);

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output())
                .contains("gatling.simulationClass = " + name + ": there is no such simulation. There are")
                .doesNotContain("\tat ");
        // Those of integration tests are for nobody else.
        assertThat(ended.output()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.matches("\\[ERROR] +[\\w.]+Simulation")))
                .extracting(line -> line.replaceAll(".*\\.", ""))
                .containsExactly(
                        "ConsistencySimulation",
                        "FullSimulation",
                        "GroupSimulation",
                        "OperationsSimulation",
                        "PerformanceSimulation",
                        "ShardingSimulation",
                        "StabilitySimulation",
                        "TransfersSimulation");
    }

    private static void assertPluginGets(String whole, String name) throws Exception {
        Command.Result ended = gatling("-X", name);

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(ended.output()).containsPattern("\\(f\\) simulationClass = " + Pattern.quote(whole) + "\\R");
    }

    private static Command.Result gatling(String name) throws Exception {
        return gatling("-B", name);
    }

    /** Up to the plugin, which is told to do nothing; nothing is compiled, because this test runs on what is. */
    private static Command.Result gatling(String option, String name) throws Exception {
        String maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
        return Command.run(
                List.of(
                        maven,
                        "-o",
                        option,
                        "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                        "-Dmaven.main.skip",
                        "-Dmaven.test.skip",
                        "-Dmaven.resources.skip",
                        "-Dgatling.skip",
                        "-Dgatling.simulationClass=" + name,
                        "gatling:test"),
                Map.of(),
                DEADLINE);
    }
}
