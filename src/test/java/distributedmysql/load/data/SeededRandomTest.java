package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
    @Test
    void sameNumbersInEveryJavaVersion() {
        assertThat(first(new SeededRandom(1, 0, 1))).containsExactly(585878168L, 819116312L, 76652570L, 444333456L);
    }

    @Test
    void neighbouringSeedsStreamsAndRowsShareNothing() {
        Set<List<Long>> sequences = new HashSet<>();
        for (long seed = -2; seed <= 2; seed++) {
            for (int stream = 0; stream < 4; stream++) {
                for (long n = 1; n <= 100; n++) {
                    sequences.add(first(new SeededRandom(seed, stream, n)));
                }
            }
        }
        assertThat(sequences).hasSize(5 * 4 * 100);
    }

    @Test
    void bothEndsOfTheRangeComeAndNothingBeyond() {
        SeededRandom random = new SeededRandom(1, 0, 1);

        assertThat(LongStream.range(0, 1000).map(i -> random.between(-1, 2)).boxed())
                .containsOnly(-1L, 0L, 1L, 2L);
        assertThat(random.between(7, 7)).isEqualTo(7);
    }

    private static List<Long> first(SeededRandom random) {
        return LongStream.range(0, 4)
                .map(i -> random.between(0, 999_999_999))
                .boxed()
                .toList();
    }
}
