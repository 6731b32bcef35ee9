package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.report.RunReport.RunVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private static final CheckResult VALID = CheckResult.valid("a", "1 of 1");

    @Test
    void passesOnlyIfCompletedWithChecksThatAreAllValid() {
        assertThat(verdict(true, VALID)).isEqualTo(RunVerdict.PASS);
        assertThat(verdict(true, VALID, CheckResult.invalid("b", "0 of 1"))).isEqualTo(RunVerdict.FAIL);
        assertThat(verdict(true, VALID, CheckResult.unknown("b", "nothing"))).isEqualTo(RunVerdict.FAIL);
        assertThat(verdict(false, VALID)).isEqualTo(RunVerdict.FAIL);
        assertThat(verdict(true)).isEqualTo(RunVerdict.FAIL);
    }

    @Test
    void longMessagesAreShortenedToOneLine() {
        String message = new ErrorCount("HY000", 1105, 1, "first\n  second " + "x".repeat(500)).message();
        assertThat(message).startsWith("first second x").endsWith("x...").hasSize(200);
        assertThat(new ErrorCount("HY000", 1105, 1, null).message()).isEmpty();
    }

    private static RunVerdict verdict(boolean completed, CheckResult... checks) {
        return Reports.of(List.of(checks), completed).verdict();
    }
}
