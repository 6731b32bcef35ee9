package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
    @Test
    void canonicalFormCountsBytesAndWritesSixDigitsOfASecond() {
        LocalDateTime time = LocalDateTime.of(2026, 1, 2, 3, 4, 5);

        assertThat(Row.canonical(Arrays.asList(-42L, "Åsa 🐉", null, time)))
                .isEqualTo("3:-42,9:Åsa 🐉,-,26:2026-01-02 03:04:05.000000,");
    }

    @Test
    void md5IsThatOfTheCanonicalForm() {
        // printf '1:1,3:abc,' | md5sum
        assertThat(Row.md5Of(List.of(1L, "abc"))).isEqualTo("f086419136cf331f476881303d9a63d1");
    }

    @Test
    void movedFieldBoundariesGiveAnotherMd5() {
        assertThat(Row.md5Of(List.of("ab", "c"))).isNotEqualTo(Row.md5Of(List.of("a", "bc")));
        assertThat(Row.md5Of(List.of("a,1:b", "c"))).isNotEqualTo(Row.md5Of(List.of("a", "b", "c")));
    }

    @Test
    void nullIsNeitherEmptyNorItsOwnEncoding() {
        String ofNull = Row.md5Of(Arrays.asList((Object) null));

        assertThat(ofNull).isNotEqualTo(Row.md5Of(List.of(""))).isNotEqualTo(Row.md5Of(List.of("-,")));
    }

    @Test
    void changedContentIsNotIntact() {
        Row row = Row.of(1L, "name", null);

        assertThat(row.isIntact()).isTrue();
        assertThat(new Row(Arrays.asList(1L, "name", ""), row.md5()).isIntact()).isFalse();
        assertThat(new Row(row.content(), null).isIntact()).isFalse();
    }

    @Test
    void valuesWithoutCanonicalFormAreRefused() {
        assertThatThrownBy(() -> Row.of(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Double");
    }
}
