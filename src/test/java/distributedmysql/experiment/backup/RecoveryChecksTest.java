package distributedmysql.experiment.backup;

import static distributedmysql.experiment.backup.BackupChecksTest.UUID;
import static distributedmysql.experiment.backup.BackupChecksTest.ids;
import static distributedmysql.experiment.backup.BackupChecksTest.ledger;
import static distributedmysql.experiment.backup.BackupChecksTest.restored;
import static distributedmysql.experiment.backup.BackupChecksTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.backup.RecoveryChecks.Fewer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecoveryChecksTest {
    private static final RecoveredTo EXACT = to(restored(), null);

    private static RecoveredTo to(Restored restored, String problem) {
        return new RecoveredTo(null, UUID + ":105", 5, restored == null ? null : 40L, restored, problem);
    }

    @Test
    void recovered() {
        assertThat(RecoveryChecks.ledger(List.of(EXACT), List.of()).verdict()).isEqualTo(Verdict.VALID);
        assertThat(RecoveryChecks.tables(List.of(EXACT), List.of()).verdict()).isEqualTo(Verdict.VALID);
        Restored further = restored(ledger(IdSet.of(ids()), IdSet.of(ids(6))), null, UUID + ":106", null);
        CheckResult result = RecoveryChecks.ledger(List.of(EXACT, to(further, null)), List.of());
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("acknowledged only later, and there: 1 (6)");
    }

    @Test
    void otherRows() {
        Restored differs = restored(ledger(IdSet.of(ids()), IdSet.of(ids())), null, null, List.of(table(1)));
        CheckResult result = RecoveryChecks.tables(List.of(EXACT, to(differs, null)), List.of());
        assertThat(result.name()).isEqualTo("recovered tables");
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("game.players on restored: 1 row differing");
    }

    @Test
    @DisplayName("Fewer recoveries than planned are UNKNOWN, with the shard and its reason")
    void fewer() {
        CheckResult fewer = RecoveryChecks.ledger(
                List.of(EXACT),
                List.of(new Fewer("shard2", 2, "no full backup was stored"), new Fewer(null, 1, "a gap")));
        assertThat(fewer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(fewer.evidence()).endsWith("; 2 more of shard2: no full backup was stored; 1 more: a gap");
    }

    @Test
    void sameReasonOnce() {
        RecoveredTo failed = to(null, "no such segment");
        assertThat(RecoveryChecks.tables(List.of(failed, failed), List.of()).evidence())
                .isEqualTo(UUID + ":105 and " + UUID + ":105: no such segment");
    }

    @Test
    void deleteUndone() {
        CheckResult result = RecoveryChecks.delete(List.of(rehearsed(100L, true, true)));
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).contains("written afterwards 2 (1, 200), of them in conflict 1 (1)");
    }

    @Test
    void deleteNotUndone() {
        assertThat(RecoveryChecks.delete(List.of(rehearsed(99L, false, true))).evidence())
                .contains("99 of 100 rows recovered");
        assertThat(RecoveryChecks.delete(List.of(rehearsed(100L, false, true))).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(RecoveryChecks.delete(List.of(rehearsed(100L, true, false))).verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    @DisplayName("What it did not come to is not told as if it had a value")
    void deleteNotPlayed() {
        CheckResult notRecovered = RecoveryChecks.delete(List.of(rehearsed(null, null, null)));
        assertThat(notRecovered.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(notRecovered.evidence())
                .isEqualTo("game.players_deleted: it did not come to it; 100 rows deleted by " + UUID
                        + ":9, nothing was brought back");
        Rehearsed nothing = new Rehearsed(
                "game.players_deleted", null, 0, null, null, IdSet.of(ids()), IdSet.of(ids()), null, null, "no server");
        assertThat(RecoveryChecks.delete(List.of(nothing)).evidence())
                .isEqualTo("game.players_deleted: no server; nothing was deleted");
        assertThat(nothing.line()).isEqualTo("  DELETE without WHERE: no server; nothing was deleted");
    }

    private static Rehearsed rehearsed(Long recovered, Boolean same, Boolean complete) {
        return new Rehearsed(
                "game.players_deleted",
                UUID + ":9",
                100,
                recovered,
                same,
                IdSet.of(ids(1, 200)),
                IdSet.of(ids(1)),
                recovered == null ? null : recovered - 1,
                complete,
                null);
    }
}
