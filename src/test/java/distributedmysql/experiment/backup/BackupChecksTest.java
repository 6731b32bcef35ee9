package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.history.TableChecksum;
import distributedmysql.ledger.RestoredLedger;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackupChecksTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void whole() {
        CheckResult result = BackupChecks.stored(List.of("a", "b"), List.of(), List.of());
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("2 backups whole");
    }

    @Test
    void damaged() {
        CheckResult result = BackupChecks.stored(List.of("a"), List.of("x/data.tar: is cut off"), List.of());
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).isEqualTo("x/data.tar: is cut off; 1 backup whole");
    }

    @Test
    void nothingStored() {
        assertThat(BackupChecks.stored(List.of(), List.of(), List.of()).verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(BackupChecks.stored(List.of("a"), List.of(), List.of("no answer"))
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void asItsPosition() {
        CheckResult result = BackupChecks.ledger("clone", List.of(full(restored())));
        assertThat(result.name()).isEqualTo("restored ledger: clone");
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).startsWith("clone of node1: 5 rows there; acknowledged by then 5, later 3");
    }

    @Test
    void lost() {
        Restored lost = restored(ledger(IdSet.of(ids(3)), IdSet.of(ids())), null, null, List.of(table(0)));
        CheckResult result = BackupChecks.ledger("clone", List.of(full(restored()), full(lost)));
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("clone of node1: lost, although acknowledged by then: 1 (3)");
    }

    @Test
    void otherGtidsThanThePosition() {
        Restored more = restored(ledger(IdSet.of(ids()), IdSet.of(ids())), null, UUID + ":106", List.of(table(0)));
        assertThat(BackupChecks.ledger("dump", List.of(full(more))).evidence())
                .startsWith("clone of node1: executed, although beyond the position: " + UUID + ":106;");
        Restored less = restored(ledger(IdSet.of(ids()), IdSet.of(ids())), UUID + ":7", null, List.of(table(0)));
        assertThat(BackupChecks.ledger("dump", List.of(full(less))).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void notRestored() {
        CheckResult result = BackupChecks.ledger(
                "clone", List.of(full(restored()), full(null).failed("no space")));
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).contains("clone of node1: no space");
        assertThat(BackupChecks.ledger("clone", List.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void tables() {
        assertThat(BackupChecks.tables("clone", List.of(full(restored()))).verdict())
                .isEqualTo(Verdict.VALID);
        Restored differs = restored(ledger(IdSet.of(ids()), IdSet.of(ids())), null, null, List.of(table(1)));
        CheckResult result = BackupChecks.tables("clone", List.of(full(differs)));
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("game.players on restored: 1 row differing");
        Restored none = restored(ledger(IdSet.of(ids()), IdSet.of(ids())), null, null, null);
        assertThat(BackupChecks.tables("clone", List.of(full(none))).evidence())
                .isEqualTo("clone of node1: it does not follow");
    }

    @Test
    void recovered() {
        RecoveredTo exact = new RecoveredTo(null, UUID + ":105", 5, 40L, restored(), null);
        assertThat(BackupChecks.recovered(1, List.of(exact), Optional.empty()).verdict())
                .isEqualTo(Verdict.VALID);
        Restored further = restored(ledger(IdSet.of(ids()), IdSet.of(ids(6))), null, UUID + ":106", null);
        CheckResult result = BackupChecks.recovered(
                2, List.of(exact, new RecoveredTo(null, UUID + ":105", 5, 41L, further, null)), Optional.empty());
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("acknowledged only later, and there: 1 (6)");
    }

    @Test
    void notEveryRecovery() {
        RecoveredTo exact = new RecoveredTo(null, UUID + ":105", 5, 40L, restored(), null);
        CheckResult fewer = BackupChecks.recovered(3, List.of(exact), Optional.of("a gap"));
        assertThat(fewer.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(fewer.evidence()).endsWith("2 more: a gap");
        RecoveredTo failed = new RecoveredTo(null, UUID + ":105", 5, null, null, "no such segment");
        assertThat(BackupChecks.recovered(1, List.of(failed), Optional.empty()).evidence())
                .contains("no such segment");
    }

    @Test
    void deleteUndone() {
        CheckResult result = BackupChecks.delete(List.of(rehearsed(100L, true, true)));
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).contains("written afterwards 2 (1, 200), of them in conflict 1 (1)");
    }

    @Test
    void deleteNotUndone() {
        assertThat(BackupChecks.delete(List.of(rehearsed(99L, false, true))).evidence())
                .contains("99 of 100 rows recovered");
        assertThat(BackupChecks.delete(List.of(rehearsed(100L, false, true))).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(BackupChecks.delete(List.of(rehearsed(100L, true, false))).verdict())
                .isEqualTo(Verdict.INVALID);
        assertThat(BackupChecks.delete(List.of(rehearsed(null, null, null))).verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void copied() {
        assertThat(BackupChecks.copied(2, List.of()).verdict()).isEqualTo(Verdict.VALID);
        assertThat(BackupChecks.copied(1, List.of("s3://b: access denied")).evidence())
                .isEqualTo("s3://b: access denied; 1 backup copied");
        assertThat(BackupChecks.copied(0, List.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
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

    private static FullFigures full(Restored restored) {
        return new FullFigures("clone", null, "node1", null, restored, null);
    }

    private static Restored restored() {
        return restored(ledger(IdSet.of(ids()), IdSet.of(ids())), null, null, List.of(table(0)));
    }

    private static Restored restored(RestoredLedger ledger, String missing, String extra, List<TableChecksum> tables) {
        return new Restored(List.of(), missing, extra, ledger, tables, tables == null ? "it does not follow" : null);
    }

    private static RestoredLedger ledger(IdSet lost, IdSet tooMuch) {
        IdSet none = IdSet.of(ids());
        return new RestoredLedger(UUID + ":1-105", 5, 5, 3, lost, tooMuch, none, none, 0, 0, none);
    }

    private static TableChecksum table(long differing) {
        return new TableChecksum(
                "game", "players", "restored", 100, 1, differing, 0, 0, List.of(), Optional.empty(), Optional.empty());
    }

    private static BitSet ids(int... numbers) {
        BitSet ids = new BitSet();
        IntStream.of(numbers).forEach(ids::set);
        return ids;
    }
}
