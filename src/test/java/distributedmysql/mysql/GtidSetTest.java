package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidSetTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void isWrittenAsAServerDoes() {
        assertThat(GtidSet.parse(B.toUpperCase(java.util.Locale.ROOT) + ":7:1-3:4,\n" + A + ":1:tag:1-2"))
                .hasToString(A + ":1:tag:1-2," + B + ":1-4:7");
        assertThat(GtidSet.parse(" \n")).isEqualTo(GtidSet.EMPTY).hasToString("");
    }

    @ParameterizedTest
    @CsvSource({"1-5, 3, 1-2:4-5", "1-5, 1-5, ''", "1-5:10, 4-20, 1-3", "7, 8, 7", "1-3:5-7:9, 3-5:9, 1-2:6-7"})
    void minus(String all, String removed, String left) {
        String expected = left.isEmpty() ? "" : A + ":" + left;
        assertThat(GtidSet.parse(A + ":" + all).minus(GtidSet.parse(A + ":" + removed)))
                .hasToString(expected);
    }

    @Test
    void tagsAreSourcesOfTheirOwn() {
        GtidSet set = GtidSet.parse(A + ":1-3:tag:5");
        assertThat(set.contains(Gtid.parse(A + ":tag:5"))).isTrue();
        assertThat(set.contains(Gtid.parse(A + ":5"))).isFalse();
        assertThat(set.count()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", A, A + ":", A + ":0", A + ":3-2", A + ":1,5", "1-5", A + ":1:Tag-"})
    void whatIsNoSetIsRefused(String text) {
        assertThatThrownBy(() -> GtidSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", A + ":1-2", A, "x:1"})
    void whatIsNoGtidIsRefused(String text) {
        assertThatThrownBy(() -> Gtid.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("Reckons as with sets of single numbers")
    void reckonsRight() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            TreeSet<Long> left = numbers(random);
            TreeSet<Long> right = numbers(random);
            TreeSet<Long> and = new TreeSet<>(left);
            and.addAll(right);
            TreeSet<Long> minus = new TreeSet<>(left);
            minus.removeAll(right);
            TreeSet<Long> within = new TreeSet<>(left);
            within.retainAll(right);

            assertThat(set(left).and(set(right))).isEqualTo(set(and));
            assertThat(set(left).minus(set(right))).isEqualTo(set(minus));
            assertThat(set(left).within(set(right))).isEqualTo(set(within));
            assertThat(set(left).contains(set(right))).isEqualTo(left.containsAll(right));
            assertThat(set(left).count()).isEqualTo(left.size());
            assertThat(GtidSet.parse(set(left).toString())).isEqualTo(set(left));
        }
    }

    private static TreeSet<Long> numbers(Random random) {
        return random.longs(random.nextInt(30), 1, 40).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private static GtidSet set(TreeSet<Long> numbers) {
        GtidSet.Builder builder = new GtidSet.Builder();
        numbers.forEach(number -> builder.add(new Gtid(A, number)));
        return builder.build();
    }
}
