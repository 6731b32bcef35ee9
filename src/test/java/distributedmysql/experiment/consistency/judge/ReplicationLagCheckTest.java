package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplicationLagCheckTest {
    private static final LagEvidence GOOD = new LagEvidence("node2", 100, 3, OptionalLong.of(1_500_000), "");
    private static final LagEvidence NOT_READ = new LagEvidence("node3", 0, 100, OptionalLong.empty(), "");
    private static final LagEvidence MOSTLY_MISSING = new LagEvidence("node3", 49, 51, OptionalLong.of(1), "");

    private final ReplicationLagCheck measured = new ReplicationLagCheck(Optional.empty(), Duration.ofMillis(25));
    private final ReplicationLagCheck limited =
            new ReplicationLagCheck(Optional.of(Duration.ofSeconds(1)), Duration.ofMillis(25));

    @Test
    void withoutALimitAMeasuredLagIsValidWhateverItIs() {
        CheckResult result = measured.check(List.of(GOOD), false);
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("node2: p99 1500 ms (or up to 25 ms more), 100 samples, 3 missing");
    }

    @Test
    void aLagAboveTheLimitIsInvalidAlsoIfAnotherReplicaIsUnknown() {
        CheckResult result = limited.check(List.of(NOT_READ, GOOD), false);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("node2: p99 1500 ms (or up to 25 ms more), limit 1000 ms");
    }

    @Test
    void whatAReplicaWillNeverGetIsNamedAndIsNoLag() {
        String gtids = "11111111-1111-4111-8111-111111111111:1-3";
        LagEvidence lacks = new LagEvidence("node2", 100, 3, OptionalLong.of(1_000), gtids);
        CheckResult result = limited.check(List.of(lacks), false);
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo(
                        "node2: p99 1 ms (or up to 25 ms more), limit 1000 ms, 100 samples, 3 missing; it lacks transactions of the primary"
                                + " that it will never get, which are no lag: " + gtids);
    }

    @Test
    void ofALongSetTheBeginIsNamed() {
        String set = "11111111-1111-4111-8111-111111111111:" + "1:".repeat(100) + "5";
        LagEvidence lacks = new LagEvidence("node2", 100, 3, OptionalLong.of(1_000), set);
        assertThat(measured.check(List.of(lacks), false).evidence()).endsWith(set.substring(0, 200) + "…");
    }

    @Test
    void aLagAtTheLimitIsValid() {
        LagEvidence atLimit = new LagEvidence("node2", 100, 0, OptionalLong.of(1_000_000), "");
        assertThat(limited.check(List.of(atLimit), false).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void isUnknownWithoutReplicasSamplesOrWithMostOfThemMissing() {
        assertThat(measured.check(List.of(), false).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(measured.check(List.of(GOOD, NOT_READ), false).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(limited.check(List.of(MOSTLY_MISSING), false).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void halfOfTheSamplesAreEnough() {
        assertThat(measured.check(List.of(new LagEvidence("node2", 50, 50, OptionalLong.of(1), "")), false)
                        .verdict())
                .isEqualTo(Verdict.VALID);
        assertThat(measured.check(List.of(new LagEvidence("node2", 0, 0, OptionalLong.of(1), "")), false)
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void anIdlePrimaryIsSaidFirst() {
        assertThat(measured.check(List.of(GOOD), true).evidence())
                .startsWith("nothing was committed meanwhile; node2: p99 1500 ms (or up to 25 ms more), 100 samples");
        assertThat(measured.check(List.of(GOOD), true).verdict()).isEqualTo(Verdict.VALID);
    }
}
