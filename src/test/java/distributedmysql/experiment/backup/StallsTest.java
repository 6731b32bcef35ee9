package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The times between one acknowledged write of a shard and the next")
class StallsTest {
    private static final Span SECOND = new Span("clone", 0, 1_000_000);

    @Test
    @DisplayName("Each is counted by itself, and what is as long as 10 writes take to arrive is a stall")
    void counted() {
        // One write each 10 ms, but none from 200 to 300 ms, nor from 500 to 750 ms.
        Stalls stalls = Stalls.of(List.of(acknowledged(200, 300, 500, 750)), SECOND, 100);

        assertThat(stalls.stallFromMillis()).isEqualTo(100);
        assertThat(stalls.count()).isEqualTo(2);
        assertThat(stalls.totalMillis()).isEqualTo(350);
        assertThat(stalls.longestMillis()).isEqualTo(250);
        assertThat(stalls.gapMicros().p50()).isBetween(9_990L, 10_010L);
        assertThat(stalls.gapMicros().max()).isBetween(249_900L, 250_200L);
        assertThat(stalls.line()).isEqualTo("2 stalls of 100 ms or more (350 ms), longest gap 250 ms");
    }

    @Test
    @DisplayName("That of one shard is not hidden by the writes of another")
    void ofEachShard() {
        Stalls stalls = Stalls.of(List.of(acknowledged(0, 0, 0, 0), acknowledged(200, 500, 0, 0)), SECOND, 200);

        assertThat(stalls.stallFromMillis()).isEqualTo(100);
        assertThat(stalls.count()).isEqualTo(1);
        assertThat(stalls.longestMillis()).isEqualTo(300);
    }

    @Test
    @DisplayName("Where nothing was acknowledged, all of the phase is one, and there is no distribution")
    void nothing() {
        Stalls stalls = Stalls.of(List.of(List.of()), SECOND, 100);

        assertThat(stalls.count()).isEqualTo(1);
        assertThat(stalls.longestMillis()).isEqualTo(1_000);
        assertThat(stalls.gapMicros()).isNull();
    }

    /** Each 10 ms, but not within these, in milliseconds. */
    private static List<Long> acknowledged(long from, long to, long andFrom, long andTo) {
        return LongStream.rangeClosed(1, 99)
                .map(i -> 10 * i)
                .filter(at -> (at <= from || at >= to) && (at <= andFrom || at >= andTo))
                .mapToObj(at -> 1_000 * at)
                .toList();
    }
}
