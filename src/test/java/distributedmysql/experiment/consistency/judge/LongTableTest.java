package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {
    @Test
    void holdsWhatAMapOfPairsHolds() {
        LongTable table = LongTable.byPair(2);
        Map<List<Long>, Long> expected = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long a = random.nextInt(500) - 250L;
            long b = random.nextBoolean() ? random.nextInt(100) : random.nextLong(4) << 62;
            int row = table.findOrAdd(a, b);
            table.set(row, 1, table.get(row, 1) + i);
            expected.merge(List.of(a, b), (long) i, Long::sum);
        }
        assertThat(table.size()).isEqualTo(expected.size());
        expected.forEach((pair, value) -> {
            int row = table.find(pair.get(0), pair.get(1));
            assertThat(table.first(row)).isEqualTo(pair.get(0));
            assertThat(table.second(row)).isEqualTo(pair.get(1));
            assertThat(table.get(row, 0)).isZero();
            assertThat(table.get(row, 1)).isEqualTo(value);
        });
        assertThat(table.find(999, 0)).isEqualTo(-1);
    }
}
