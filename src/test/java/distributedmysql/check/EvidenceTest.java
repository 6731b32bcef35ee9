package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    @Test
    @DisplayName("The same text is said once, with all places that it is of")
    void placed() {
        assertThat(Evidence.placed(List.of("a", "b", "c"), List.of("no answer", "full", "no answer")))
                .isEqualTo("a and c: no answer; b: full");
        assertThat(Evidence.placed(List.of(), List.of())).isEmpty();
    }

    @Test
    void together() {
        List<CheckResult> results = List.of(CheckResult.valid("x", "2 rows"), CheckResult.unknown("x", "no answer"));
        assertThat(Evidence.together("x", results, i -> "shard" + (i + 1)))
                .isEqualTo(CheckResult.unknown("x", "shard1: 2 rows; shard2: no answer"));
    }
}
