package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001, 60_000})
    @DisplayName("Every number is there before, written once, or kept; those that are written come in no order")
    void eachOnce(int rows) {
        Numbers numbers = new Numbers(501, rows);
        int turns = rows + 1_000;
        BitSet seen = new BitSet();
        IntStream.concat(
                        IntStream.concat(numbers.before(), numbers.kept()),
                        IntStream.range(0, turns).map(numbers::written))
                .forEach(id -> {
                    assertThat(seen.get(id)).as("%d", id).isFalse();
                    seen.set(id);
                });

        assertThat(seen.nextSetBit(0)).isEqualTo(501);
        assertThat(seen.nextClearBit(501)).isEqualTo(numbers.end(turns));
        assertThat(numbers.before()).allMatch(numbers::isBefore);
        assertThat(IntStream.range(0, turns).map(numbers::written)).noneMatch(numbers::isBefore);
        assertThat(IntStream.range(0, 100).map(numbers::written)).doesNotHaveDuplicates();
        assertThat(IntStream.range(1, 100)
                        .filter(turn -> numbers.written(turn) < numbers.written(turn - 1))
                        .count())
                .isBetween(20L, 80L);
    }
}
