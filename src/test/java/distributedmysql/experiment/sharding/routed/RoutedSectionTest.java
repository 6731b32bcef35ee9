package distributedmysql.experiment.sharding.routed;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Phases;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.report.Stage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoutedSectionTest {
    private static final Phases PHASES = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10));

    @Test
    @DisplayName("A shard that got no load has a row of its own, wherever it is in their order")
    void shardsWithoutLoad() {
        StageRecorder recorder = new StageRecorder(StagePlan.open("all", "routed", 1, PHASES), () -> {});
        long start = System.nanoTime();
        recorder.begin(start);
        recorder.ofShard(1, start, start + 1_000, true);

        RoutedSection section = RoutedSection.of(recorder.measured().map(Stage::of), Optional.empty(), 4)
                .orElseThrow();

        assertThat(section.turns())
                .extracting(RoutedSection.Turn::where)
                .containsExactly("all shards", "shard1", "shard2", "shard3", "shard4");
        assertThat(section.console())
                .filteredOn(line -> line.matches("  shard[134] +0\\.0 +0 +- +- +-"))
                .hasSize(3);
        assertThat(section.turns().get(2).requestsPerSecond()).isPositive();
    }
}
