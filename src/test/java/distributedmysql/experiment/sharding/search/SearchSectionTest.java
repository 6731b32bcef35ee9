package distributedmysql.experiment.sharding.search;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.sharding.search.SearchSection.Scatter;
import distributedmysql.load.ShardAnswer;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.SqlResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchSectionTest {
    private static final long MILLI = 1_000_000;

    @Test
    @DisplayName("The whole takes as long as the slowest shard; a partial answer is counted, but not timed")
    void scatter() {
        SearchRecord record = new SearchRecord(3, start -> true);
        record.answered("bor", result(answer(1), answer(5), answer(2)));
        record.answered("bor", result(answer(1), answer(9), answer(2)));
        record.answered("bor", result(answer(4), answer(3), answer(2)));
        record.answered("bor", result(answer(1), missing(0), answer(2)));

        Scatter scatter = record.section(SearchReports.settings(), 6);

        assertThat(scatter.searches()).isEqualTo(4);
        assertThat(scatter.failed()).isEqualTo(6);
        assertThat(scatter.latencyMicros().min()).isBetween(4_000L, 4_001L);
        assertThat(scatter.latencyMicros().max()).isBetween(9_000L, 9_007L);
        assertThat(scatter.shards().stream().map(SearchSection.ShardLatency::slowest))
                .containsExactly(1L, 2L, 0L);
        assertThat(scatter.shards().stream().map(SearchSection.ShardLatency::missing))
                .containsExactly(0L, 1L, 0L);
        assertThat(record.answers()).hasSize(2).containsValues(3L, 1L);
    }

    @Test
    @DisplayName("Every figure is of searches that began in the steady state; the others are judged all the same")
    void steady() {
        SearchRecord record = new SearchRecord(2, start -> start >= 10 && start < 20);
        for (long start : new long[] {9, 20}) {
            record.answered("bor", result(answer(start, 1), answer(start, 2)));
            record.answered("bor", result(answer(start, 1), missing(start)));
        }
        Scatter none = record.section(SearchReports.settings(), 0);
        assertThat(none.searches()).isZero();
        assertThat(none.latencyMicros()).isNull();
        assertThat(none.predictedMicros()).isNull();
        assertThat(none.shards()).allMatch(shard -> shard.slowest() == 0 && shard.missing() == 0);
        assertThat(record.answers()).hasSize(2).containsValues(2L, 2L);

        record.answered("bor", result(answer(10, 1), answer(10, 2)));
        record.answered("bor", result(answer(19, 3), answer(19, 2)));
        record.answered("bor", result(answer(19, 3), missing(19)));
        Scatter some = record.section(SearchReports.settings(), 0);
        assertThat(some.searches()).isEqualTo(3);
        assertThat(some.predictedMicros().samples()).isEqualTo(2);
        assertThat(some.shards())
                .extracting(SearchSection.ShardLatency::slowest)
                .containsExactly(1L, 1L);
        assertThat(some.shards())
                .extracting(SearchSection.ShardLatency::missing)
                .containsExactly(0L, 1L);
    }

    private static SqlResult result(ShardAnswer... answers) {
        return new SqlResult(List.of(), 0, List.of(answers));
    }

    private static ShardAnswer answer(long millis) {
        return answer(0, millis);
    }

    private static ShardAnswer answer(long startNanos, long millis) {
        return new ShardAnswer(
                "",
                List.of(Map.of("player_id", 1L, "name", "borborbor", "guild_id", 1L)),
                startNanos,
                millis * MILLI,
                null);
    }

    private static ShardAnswer missing(long startNanos) {
        return new ShardAnswer("", List.of(), startNanos, 5_000 * MILLI, SqlFailure.poolTimeout());
    }

    @Test
    void console() {
        assertThat(SearchReports.full().console(part -> part.equals(SearchLoad.STAGE) ? " (busy machine)" : ""))
                .containsExactly(
                        "Searches of all shards (50/s, at most 20 rows of each): 490 answered, 10 failed (busy machine)",
                        "                p50 ms    p95 ms    p99 ms slowest in  missing in",
                        "  shard1          2.00      4.00      5.00        480           0",
                        "  shard2             -         -         -          0          10",
                        "  all             2.00      4.00      5.00",
                        "  predicted       2.10      4.10      5.10",
                        "  of 480 answers of the steady state, too few for p99: fewer than 10 are slower",
                        "Joins of a player with its guild:",
                        "                 round trips    p50 ms    p95 ms    p99 ms",
                        "  across shards            2      2.00      4.00      5.00",
                        "  on one server            1         -         -         -",
                        "  the same SQL on shard1 alone gives 5,000 of 20,000 rows, and no error: it misses 15,000",
                        "  the same SQL on shard2 alone got no answer: connection refused",
                        "  9,900 of 20,000 rows are given by no shard, whichever is asked");
    }
}
