package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BinlogPositionTest {
    private final BinlogPosition position = new BinlogPosition("uuid", "my.bin.000999", 157, "uuid:1-5");

    @Test
    void isReachedAtItsPlaceAndBehindItAlsoInLaterFiles() {
        assertThat(position.isReachedBy("my.bin.000999", 157)).isTrue();
        assertThat(position.isReachedBy("my.bin.000999", 158)).isTrue();
        assertThat(position.isReachedBy("my.bin.001000", 4)).isTrue();
        assertThat(position.isReachedBy("my.bin.1000000", 4)).isTrue();
    }

    @Test
    void isNotReachedBeforeNorInAnotherLogNorWithoutAny() {
        assertThat(position.isReachedBy("my.bin.000999", 156)).isFalse();
        assertThat(position.isReachedBy("my.bin.000998", 900_000)).isFalse();
        assertThat(position.isReachedBy("binlog.001000", 157)).isFalse();
        assertThat(position.isReachedBy("", 0)).isFalse();
    }
}
