package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdSetTest {
    @Test
    void idsAreNamedInRangesUpToALimit() {
        BitSet ids = new BitSet();
        assertThat(IdSet.of(ids)).isEqualTo(new IdSet(0, "")).hasToString("0");

        ids.set(7);
        ids.set(101, 201);
        assertThat(IdSet.of(ids)).isEqualTo(new IdSet(101, "7, 101-200")).hasToString("101 (7, 101-200)");

        IntStream.range(0, 101).forEach(i -> ids.set(1000 + 2 * i));
        assertThat(IdSet.of(ids).count()).isEqualTo(202);
        assertThat(IdSet.of(ids).ranges()).endsWith("1192, 1194, …");
    }

    @Test
    void zeroIsAnId() {
        java.util.BitSet ids = new java.util.BitSet();
        ids.set(0);
        assertThat(IdSet.of(ids)).isEqualTo(new IdSet(1, "0"));
    }
}
