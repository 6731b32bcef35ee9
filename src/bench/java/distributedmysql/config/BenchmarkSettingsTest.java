package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.benchmark.GeneratorKind;
import distributedmysql.benchmark.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkSettingsTest {
    private final Properties properties = new Properties();

    @Test
    void theProfileQuickDiffersFromTheDefaults() {
        BenchmarkSettings all = load();
        properties.setProperty("benchmark.profile", "quick");
        BenchmarkSettings quick = load();

        assertThat(all.workloads()).containsExactly(Workload.values());
        assertThat(all.generators()).containsExactly(GeneratorKind.values());
        assertThat(all.parts()).containsExactly(BenchmarkSettings.Part.values());
        assertThat(quick.workloads()).containsExactly(Workload.POINT_SELECT);
        assertThat(quick.connections()).containsExactly(16);
        assertThat(quick.rows()).isEqualTo(all.rows());
    }

    @Test
    void theCommandLineOverrides() {
        properties.setProperty("benchmark.generators", "routed,sysbench");
        properties.setProperty("benchmark.connections", "1,500");
        properties.setProperty("benchmark.steady", "20s");

        BenchmarkSettings settings = load();

        assertThat(settings.generators()).containsExactly(GeneratorKind.ROUTED, GeneratorKind.SYSBENCH);
        assertThat(settings.connections()).containsExactly(1, 500);
        assertThat(settings.steady()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            benchmark.generators  | jmeter   | command line: benchmark.generators = jmeter: must be a list of sysbench
            benchmark.workloads   | delete   | must be a list of point-select, transaction, insert
            benchmark.connections | 0        | must be a list of at least one whole number from 1 to 500
            benchmark.connections | 16;64    | must be a list of at least one whole number
            benchmark.warm-up     | 2500ms   | benchmark.warm-up = 2500ms: must be whole seconds
            benchmark.steady      | 10       | must be a duration with its unit
            benchmark.open.stall  | 2s       | must be a duration with its unit, from 10ms to 700ms
            benchmark.parts       | route    | must be a list of closed, open, tables, routing, backups
            benchmark.routing.keys | 10      | benchmark.routing.keys = 10: must be a whole number from 100000 to 100000000
            benchmark.connection  | 16       | command line: unknown key benchmark.connection
            benchmark.profile     | slow     | command line: benchmark.profile = slow: there is no
            """)
    void whatIsNotAllowedIsRefusedByName(String key, String value, String message) {
        properties.setProperty(key, value);

        assertThatThrownBy(this::load)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message.strip())
                .hasMessageContaining(key);
    }

    private BenchmarkSettings load() {
        return BenchmarkSettings.load(Path.of(""), properties);
    }
}
