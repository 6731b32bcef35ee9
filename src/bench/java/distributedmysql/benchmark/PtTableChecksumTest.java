package distributedmysql.benchmark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** With what pt-table-checksum 3.2.1 printed about a table of 1,028 rows. */
class PtTableChecksumTest {
    private final String equal = Captured.text("pt-table-checksum-3.2.1-equal.txt");

    PtTableChecksumTest() throws IOException {}

    @Test
    void acceptsWhatWasFoundEqual() {
        assertThatCode(() -> PtTableChecksum.requireEqual(equal, "d.sbtest1", 1028))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesADifference() throws IOException {
        String different = Captured.text("pt-table-checksum-3.2.1-different.txt");

        assertThatThrownBy(() -> PtTableChecksum.requireEqual(different, "d.sbtest1", 1028))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("DIFFS=1");
    }

    @Test
    void refusesAComparisonOfOtherRows() {
        assertThatThrownBy(() -> PtTableChecksum.requireEqual(equal, "d.sbtest1", 1000))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("ROWS=1028");
    }

    @Test
    void refusesAnOutputWithoutTheTable() {
        assertThatThrownBy(() -> PtTableChecksum.requireEqual("Starting checksum ...", "d.sbtest1", 1028))
                .isInstanceOf(BenchmarkException.class);
    }
}
