package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.Phases;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShardReportTest {
    private static final Phases PHASES = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10));

    private final Stage ofAll = stage(StagePlan.open("all shards", "routed", 1, PHASES));
    private final Stage ofOne =
            stage(StagePlan.open("one server", "routed", 1, PHASES).onOneShard());

    /** Two requests to the first shard, one of which failed, and one to the third. */
    private static Stage stage(StagePlan plan) {
        StageRecorder recorder = new StageRecorder(plan, () -> {});
        long start = System.nanoTime();
        recorder.begin(start);
        recorder.ofShard(0, start, start + 1, true);
        recorder.ofShard(0, start, start + 1, false);
        recorder.ofShard(2, start, start + 1, true);
        return Stage.of(recorder.measured().orElseThrow());
    }

    @Test
    @DisplayName("A shard got what stages and other loads sent to it, but not what one server got for comparison")
    void got() {
        CountedLoad load = new CountedLoad("transfers", Optional.empty());
        load.ended("transfer", 0, 2_000_000_000, null, 0, 1);

        assertThat(ofOne.byShard()).isNull();
        double seconds = ofAll.steadySeconds() + 2;
        for (List<Stage> stages : List.of(List.of(ofAll), List.of(ofOne, ofAll, ofOne))) {
            List<CountedLoad> loads = List.of(load);
            assertThat(ShardReport.Got.of(0, stages, loads)).isEqualTo(new ShardReport.Got(3, 1, seconds));
            assertThat(ShardReport.Got.of(1, stages, loads)).isEqualTo(new ShardReport.Got(1, 0, seconds));
            assertThat(ShardReport.Got.of(2, stages, loads)).isEqualTo(new ShardReport.Got(1, 0, seconds));
            assertThat(ShardReport.Got.of(3, stages, loads)).isEqualTo(new ShardReport.Got(0, 0, seconds));
        }
    }

    @Test
    @DisplayName("The console says which stages are in none of the figures")
    void console() {
        List<ShardReport> shards = List.of(new ShardReport("shard1", "node1", List.of(), 1L, 1L, 3, 1, 1.5));

        assertThat(ShardReport.lines(shards, List.of(ofAll))).hasSize(2);
        assertThat(ShardReport.lines(shards, List.of(ofAll, ofOne)))
                .hasSize(3)
                .last()
                .isEqualTo("  requests/s and errors are without \"one server\"");
    }
}
