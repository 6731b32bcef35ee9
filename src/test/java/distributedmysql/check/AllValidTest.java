package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AllValidTest {
    private static final CheckResult VALID = CheckResult.valid("a", "x");
    private static final CheckResult INVALID = CheckResult.invalid("b", "x");
    private static final CheckResult UNKNOWN = CheckResult.unknown("c", "x");

    /** As Gatling prints it. */
    private static String said(List<String> notMade, CheckResult... results) {
        CheckResult all = AllValid.of("all", List.of(results), notMade);
        return all.verdict() + ": " + all.evidence();
    }

    @Test
    @DisplayName("Each verdict is said once, before the names of the checks that have it")
    void namesByVerdict() {
        assertThat(said(List.of(), VALID)).isEqualTo("VALID: all of 1");
        assertThat(said(List.of(), VALID, INVALID, INVALID)).isEqualTo("INVALID: b, b");
        assertThat(said(List.of(), UNKNOWN, VALID)).isEqualTo("UNKNOWN: c");
        assertThat(said(List.of("d"), VALID)).isEqualTo("UNKNOWN: not made: d");
        assertThat(said(List.of("d", "e"), UNKNOWN, INVALID)).isEqualTo("INVALID: b; UNKNOWN: c; not made: d, e");
    }
}
