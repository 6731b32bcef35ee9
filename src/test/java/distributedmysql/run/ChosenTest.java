package distributedmysql.run;

import static distributedmysql.experiment.Experiments.CONSISTENCY;
import static distributedmysql.experiment.Experiments.FAILOVER;
import static distributedmysql.experiment.Experiments.SOAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.SettingsException;
import distributedmysql.experiment.Experiments;
import distributedmysql.experiment.failover.FailoverExperiment;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenTest {
    @Test
    void withoutNamesTheSimulationsArePlayed() {
        assertThat(Chosen.of(List.of(SOAK, FAILOVER), null)).containsExactly(SOAK, FAILOVER);
        assertThat(Chosen.of(List.of(), null)).isEmpty();
    }

    @Test
    void namedOnesArePlayedInsteadInTheOrderOfTheirNames() {
        assertThat(Chosen.of(List.of(SOAK), "failover, consistency")).containsExactly(FAILOVER, CONSISTENCY);
    }

    @Test
    @DisplayName("What the simulation has made of an experiment, such as further faults, stays")
    void ofTheSimulation() {
        Experiment own = new FailoverExperiment(replicaSet -> List.of());
        assertThat(Chosen.of(List.of(own), "failover")).containsExactly(own);
    }

    @Test
    @DisplayName("A key that the JSON summary has itself would hide what is there")
    void taken() {
        Experiment named = (Experiment) Proxy.newProxyInstance(
                Experiment.class.getClassLoader(),
                new Class<?>[] {Experiment.class},
                (proxy, method, arguments) -> "not-run");

        assertThatThrownBy(() -> Chosen.of(List.of(named), null))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("the experiment not-run (")
                .hasMessageEndingWith(" needs another key: notRun is a key of the JSON summary itself");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            failovr         | there is no experiment "failovr"; there are <all>
            soak,           | there is no experiment ""; there are <all>
            soak,soak       | soak is there twice
            ''              | there is no experiment ""; there are <all>
            """)
    void whatIsNotThereIsRefusedWithWhatIs(String named, String why) {
        String all =
                new Experiments().experiments().stream().map(Experiment::key).collect(Collectors.joining(", "));
        assertThatThrownBy(() -> Chosen.of(List.of(SOAK), named))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("command line: experiments = " + named + ": " + why.replace("<all>", all));
    }
}
