package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What random histories of a correct, or of a faulty, model of replication are judged to be. */
class ModelClusterTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aCorrectSystemIsValid(long seed) {
        ConsistencyVerdicts verdicts = ConsistencyVerdicts.of(new ModelCluster(ModelCluster.Fault.NONE, seed).run());
        assertThat(verdicts.lines().collect(Collectors.joining("\n"))).doesNotContain("INVALID", "UNKNOWN ");
        assertThat(verdicts.areAllValid()).isTrue();
        assertThat(verdicts.sessionGuarantees())
                .filteredOn(one -> one.guarantee() == Guarantee.MONOTONIC_READS && !one.required())
                .as("roaming reads go back now and then, or the model is too tame")
                .allSatisfy(one -> assertThat(one.violations()).isPositive());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultIsFound(ModelCluster.Fault fault) {
        for (long seed : SEEDS) {
            ConsistencyVerdicts verdicts = ConsistencyVerdicts.of(new ModelCluster(fault, seed).run());
            assertThat(verdicts.checks())
                    .filteredOn(check -> check.verdict() == Verdict.INVALID)
                    .as(fault + ", seed " + seed)
                    .extracting(CheckResult::name)
                    .contains(finder(fault));
        }
    }

    private static String finder(ModelCluster.Fault fault) {
        return switch (fault) {
            case NONE -> throw new IllegalArgumentException("no fault");
            case WRITE_LOST, FAILED_WRITE_APPLIED -> LostWrites.NAME;
            case NO_WAIT -> Guarantee.READ_YOUR_WRITES.label();
            case NOT_STICKY -> Guarantee.MONOTONIC_READS.label();
            case REORDERED -> Guarantee.MONOTONIC_WRITES.label();
            case CORRUPT -> RowChecksums.NAME;
        };
    }
}
