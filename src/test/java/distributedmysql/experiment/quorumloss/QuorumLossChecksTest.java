package distributedmysql.experiment.quorumloss;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The others are dead at 10 s, which the survivor knows at 15 s; it gives up at 20 s, and takes writes again at 24 s. */
class QuorumLossChecksTest {
    private static final QuorumLoss LOSS =
            new QuorumLoss(Recovery.BOOTSTRAP, "node1", 10_000_000, 15_000_000, 20_000_000, 24_000_000);
    private static final Completion REFUSED = new Completion(Outcome.FAIL, "HY000", 3100);
    private static final Completion NO_CONNECTION = new Completion(Outcome.FAIL, Completion.POOL_TIMEOUT, 0);
    private static final Duration WITHIN = Duration.ofSeconds(12);

    private final Ledger ledger = new Ledger();

    @Test
    @DisplayName(
            "Writes that the survivor acknowledges without a majority are named, and those before and after are not")
    void acknowledged() {
        acknowledged(1, 9_990_000, 9_995_000);
        // Agreed upon while the others lived.
        acknowledged(2, 9_999_000, 10_002_000);
        write(3, 10_001_000, 20_100_000, REFUSED);
        acknowledged(4, 12_000_000, 12_001_000);
        acknowledged(5, 19_000_000, 19_999_000);
        acknowledged(6, 24_000_000, 24_001_000);

        CheckResult result = QuorumLossChecks.acknowledged(ledger, LOSS);

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.name()).isEqualTo("acknowledged without a quorum: bootstrap");
        assertThat(result.evidence())
                .isEqualTo("node1 acknowledged 2 (4-5) without a majority; 3 writes arrived in the 10000 ms without a"
                        + " majority, 2 acknowledged; waiting since before: 0");
    }

    @Test
    @DisplayName("What waited until the group was made anew may be acknowledged then")
    void afterwards() {
        acknowledged(1, 9_999_000, 10_002_000);
        acknowledged(2, 12_000_000, 21_000_000);

        CheckResult result = QuorumLossChecks.acknowledged(ledger, LOSS);

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo(
                        "1 write arrived in the 10000 ms without a majority, 0 acknowledged; waiting since before: 0");
    }

    @Test
    @DisplayName("A write that has waited since before the loss shows that the survivor acknowledges nothing, too")
    void waiting() {
        acknowledged(1, 9_990_000, 9_995_000);
        write(2, 9_999_000, 20_100_000, REFUSED);

        CheckResult result = QuorumLossChecks.acknowledged(ledger, LOSS);

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .isEqualTo(
                        "0 writes arrived in the 10000 ms without a majority, 0 acknowledged; waiting since before: 1");
    }

    @Test
    void nothingTried() {
        acknowledged(1, 9_000_000, 9_001_000);

        assertThat(QuorumLossChecks.acknowledged(ledger, LOSS).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    @DisplayName("A write that is left without an answer for too long is named, with how long it waited")
    void left() {
        write(1, 10_100_000, 20_000_000, REFUSED);
        write(2, 9_000_000, 22_500_000, new Completion(Outcome.UNKNOWN, "08S01", 0));
        write(3, 11_000_000, 12_000_000, NO_CONNECTION);

        CheckResult result = QuorumLossChecks.answers(ledger, LOSS, WITHIN);

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.name()).isEqualTo("refused without a quorum: bootstrap");
        assertThat(result.evidence())
                .isEqualTo(
                        "write 2 had no answer for 12500 ms, more than 12000 ms; first refused (error 3100) after 10000 ms;"
                                + " the longest wait for an answer was 12500 ms");
    }

    @Test
    void refusedInTime() {
        write(1, 10_100_000, 20_000_000, REFUSED);
        write(2, 11_000_000, 12_000_000, NO_CONNECTION);

        assertThat(QuorumLossChecks.answers(ledger, LOSS, WITHIN).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("Writes that failed on the client's side say nothing of the survivor")
    void neverSent() {
        write(1, 11_000_000, 12_000_000, NO_CONNECTION);

        CheckResult result = QuorumLossChecks.answers(ledger, LOSS, WITHIN);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).startsWith("no write was refused by node1 (error 3100); first refused");
    }

    private void acknowledged(long id, long from, long to) {
        ledger.write(new LedgerWrite(id, from, to, Completion.OK, "uuid"));
    }

    private void write(long id, long from, long to, Completion ending) {
        ledger.write(new LedgerWrite(id, from, to, ending, ""));
    }
}
