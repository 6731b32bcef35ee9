package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.ErrantGtids;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrantTransactionsCheckTest {
    private static final String FIRST = "11111111-1111-4111-8111-111111111111:1-3";
    private static final String SECOND = "22222222-2222-4222-8222-222222222222:7";

    private static final ErrantGtids CLEAN = found("node3", null, null, null);

    @Test
    void withoutAnyIsValidAndSaysWhoWasAsked() {
        CheckResult result = ErrantTransactionsCheck.check(List.of(found("node2", null, null, null), CLEAN), List.of());
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo("node2, node3: no transaction that the primary lacks, neither when the run began nor when it"
                        + " ended");
    }

    @Test
    void thoseBeforeAndDuringTheRunAreInvalidAndToldApart() {
        CheckResult before =
                ErrantTransactionsCheck.check(List.of(found("node2", FIRST, null, null), CLEAN), List.of());
        CheckResult during =
                ErrantTransactionsCheck.check(List.of(found("node2", null, SECOND, null), CLEAN), List.of());
        CheckResult both = ErrantTransactionsCheck.check(List.of(found("node2", FIRST, SECOND, null)), List.of());

        assertThat(List.of(before, during, both)).allMatch(result -> result.verdict() == Verdict.INVALID);
        assertThat(before.evidence())
                .isEqualTo("node2 has executed what its primary had not: " + FIRST + " (there before the run)");
        assertThat(during.evidence())
                .isEqualTo("node2 has executed what its primary had not: " + SECOND + " (came during the run)");
        assertThat(both.evidence()).contains(FIRST + " (there before the run), " + SECOND + " (came during the run)");
    }

    @Test
    void aReplicaThatCouldNotBeAskedIsUnknownButHidesNoOthers() {
        ErrantGtids silent = found("node3", null, null, "node3: Connection refused");
        CheckResult unknown =
                ErrantTransactionsCheck.check(List.of(found("node2", null, null, null), silent), List.of());
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.evidence()).isEqualTo("node3: node3: Connection refused");

        CheckResult invalid =
                ErrantTransactionsCheck.check(List.of(found("node2", FIRST, null, null), silent), List.of());
        assertThat(invalid.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(invalid.evidence()).contains(FIRST, "; not known: node3: node3: Connection refused");

        assertThat(ErrantTransactionsCheck.check(List.of(), List.of()).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aFormerPrimaryThatFollowsNobodyIsLeftToTheChecksOfTheFailover() {
        CheckResult result = ErrantTransactionsCheck.check(List.of(CLEAN), List.of("node1"));
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).contains("; not judged here: node1, which no longer replicates from the primary");
    }

    @Test
    void aSetOfThousandsOfGtidsIsWholeInTheSummaryOnly() {
        String set = "11111111-1111-4111-8111-111111111111:1" + ":3".repeat(1_000);
        assertThat(ErrantTransactionsCheck.check(List.of(found("node2", set, null, null)), List.of())
                        .evidence())
                .contains(set.substring(0, 1_000) + "… (whole in topology.errantTransactions) (there before the run)");
    }

    private static ErrantGtids found(String replica, String before, String during, String problem) {
        return new ErrantGtids(
                replica, Optional.ofNullable(before), Optional.ofNullable(during), Optional.ofNullable(problem));
    }
}
