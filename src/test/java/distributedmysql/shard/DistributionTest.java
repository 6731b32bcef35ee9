package distributedmysql.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void figures() {
        Distribution distribution = new Distribution(List.of(30L, 10L, 20L));

        assertThat(distribution.all()).isEqualTo(60);
        assertThat(distribution.relativeDeviation()).isCloseTo(Math.sqrt(200 / 3.0) / 20, within(1e-12));
        assertThat(distribution.largestShare()).isEqualTo(0.5);
        // chi squared = 10, 2 degrees of freedom: exp(-10 / 2)
        assertThat(distribution.pValue()).isCloseTo(Math.exp(-5), within(1e-9));
    }

    @Test
    void evenAndAlone() {
        assertThat(new Distribution(List.of(5L, 5L)).relativeDeviation()).isZero();
        assertThat(new Distribution(List.of(5L, 5L)).pValue()).isEqualTo(1);
        assertThat(new Distribution(List.of(7L)).pValue()).isEqualTo(1);
        assertThat(new Distribution(List.of(7L)).largestShare()).isEqualTo(1);
    }

    /** Even keys, and still one shard has most of the load. */
    @Test
    void skewOfLoadIsNotSkewOfKeys() {
        long[] keys = {0, 1, 2, 3};
        Ranges ranges = Ranges.at(2);

        assertThat(Distribution.of(ranges, keys).largestShare()).isEqualTo(0.5);
        assertThat(LoadSkew.of(ranges, keys, 0)).isEqualTo(new LoadSkew(0.5, 0.25));
        double all = 1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0;
        LoadSkew skew = LoadSkew.of(ranges, keys, 1);
        assertThat(skew.largestShare()).isCloseTo(1.5 / all, within(1e-12));
        assertThat(skew.hottestKey()).isCloseTo(1 / all, within(1e-12));
    }

    @Test
    void keys() {
        assertThat(Keys.sequential(3)).containsExactly(1, 2, 3);
        assertThat(Keys.clustered(2, 3, 1_000_000, 100))
                .containsExactly(1_000_000, 1_000_001, 1_000_002, 1_000_100, 1_000_101, 1_000_102);
        assertThat(Keys.random(1_000, 0, 999, 5)).doesNotHaveDuplicates().hasSize(1_000);
        assertThat(Keys.random(10, 0, 999, 5))
                .isEqualTo(Keys.random(10, 0, 999, 5))
                .isNotEqualTo(Keys.random(10, 0, 999, 6));
        assertThatThrownBy(() -> Keys.random(11, 1, 10, 5)).hasMessage("there is no set of 11 keys from 1 to 10");
    }
}
