package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckResultTest {
    private static final Meaning MEANING = new Meaning("it is wrong", "too little", "look");

    @Test
    @DisplayName(
            "What is UNKNOWN for a reason that can meet any check says what that reason means, and nothing of the check's")
    void everyReasonHasItsOwnMeaning() {
        Set<String> texts = new LinkedHashSet<>();
        for (Doubt doubt : Doubt.values()) {
            CheckResult result =
                    CheckResult.unknown("mine", doubt, "some figures").meaning(MEANING);

            assertThat(texts.add(result.means())).as(result.means()).isTrue();
            assertThat(texts.add(result.next())).as(result.next()).isTrue();
            assertThat(result.means()).isEqualTo(doubt.means());
            assertThat(result.next()).isEqualTo(doubt.next());
            assertThat(result.named("other").means()).isEqualTo(doubt.means());
        }
        assertThat(texts).doesNotContain(MEANING.unknown(), MEANING.next());
    }

    @Test
    void onlyWhatIsUnknownCanBeInDoubt() {
        for (Verdict verdict : List.of(Verdict.VALID, Verdict.INVALID)) {
            assertThatThrownBy(() -> new CheckResult("drift: p95", verdict, "x", null, Doubt.BUSY_MACHINE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void onlyWhatIsNotValidIsExplained() {
        CheckResult valid = CheckResult.valid("mine", "all").meaning(MEANING);
        CheckResult invalid = CheckResult.invalid("mine", "one").meaning(MEANING);
        CheckResult unknown = CheckResult.unknown("mine", "none").meaning(MEANING);

        assertThat(valid.means()).isNull();
        assertThat(valid.next()).isNull();
        assertThat(invalid.means()).isEqualTo("it is wrong");
        assertThat(unknown.means()).isEqualTo("too little");
        assertThat(invalid.next()).isEqualTo(unknown.next()).isEqualTo("look");
    }
}
