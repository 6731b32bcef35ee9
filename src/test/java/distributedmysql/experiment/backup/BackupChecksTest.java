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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackupChecksTest {
    static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void whole() {
        CheckResult result = BackupChecks.stored(
                List.of("full backup", "binary-log segment", "binary-log segment"), List.of(), new Troubles());
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("1 full backup, 2 binary-log segments whole");
    }

    @Test
    void damaged() {
        CheckResult result =
                BackupChecks.stored(List.of("full backup"), List.of("x/data.tar: is cut off"), new Troubles());
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).isEqualTo("x/data.tar: is cut off; 1 full backup whole");
    }

    @Test
    void nothingStored() {
        assertThat(BackupChecks.stored(List.of(), List.of(), new Troubles()).verdict())
                .isEqualTo(Verdict.UNKNOWN);
        Troubles unread = new Troubles().add("a", "no answer").add("b", "no answer");
        CheckResult result = BackupChecks.stored(List.of("full backup"), List.of(), unread);
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).isEqualTo("a and b: no answer; 1 full backup whole");
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
    @DisplayName(
            "Where nothing holds what the source held at the position, the evidence says that it was not compared there")
    void comparedLater() {
        Restored at = restored();
        assertThat(BackupChecks.tables("clone", List.of(full(at))).evidence())
                .startsWith("clone of node1: at the position: 1 table on 1 restored server compared");
        Restored later = at.compared(
                List.of(), List.of(table(0)), new Restored.Followed(UUID + ":1-200", "the data cannot be copied"));
        CheckResult result = BackupChecks.tables("clone", List.of(full(later)));
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .startsWith(
                        "clone of node1: compared after following the source to " + UUID + ":1-200; rows written since")
                .contains("in their later state", "the data cannot be copied");
    }

    @Test
    void console() {
        assertThat(full(restored()).line()).contains("; restored and verified in 0.0 s");
        Restored differs = restored(ledger(IdSet.of(ids(3)), IdSet.of(ids())), null, null, List.of(table(1)));
        assertThat(full(differs).line())
                .contains("; restored in 0.0 s, but not verified: numbered writes INVALID: lost", "; tables INVALID: ")
                .doesNotContain("and verified");
    }

    @Test
    void copied() {
        assertThat(BackupChecks.copied(2, new Troubles()).verdict()).isEqualTo(Verdict.VALID);
        assertThat(BackupChecks.copied(1, new Troubles().add("s3://b", "access denied"))
                        .evidence())
                .isEqualTo("s3://b: access denied; 1 backup copied");
        Troubles same = new Troubles()
                .add("a", "cannot write s3://b/a/data.tar: access denied")
                .add("c", "cannot write s3://b/c/data.tar: access denied");
        assertThat(BackupChecks.copied(0, same).evidence())
                .startsWith("cannot write s3://b/a/data.tar and cannot write s3://b/c/data.tar: access denied; ");
        assertThat(BackupChecks.copied(0, new Troubles()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private static FullFigures full(Restored restored) {
        return new FullFigures("clone", null, "node1", null, restored, null);
    }

    static Restored restored() {
        return restored(ledger(IdSet.of(ids()), IdSet.of(ids())), null, null, List.of(table(0)));
    }

    static Restored restored(RestoredLedger ledger, String missing, String extra, List<TableChecksum> tables) {
        return new Restored(
                List.of(), missing, extra, ledger, tables, null, tables == null ? "it does not follow" : null);
    }

    static RestoredLedger ledger(IdSet lost, IdSet tooMuch) {
        IdSet none = IdSet.of(ids());
        return new RestoredLedger(UUID + ":1-105", 5, 5, 3, lost, tooMuch, none, none, 0, 0, none);
    }

    static TableChecksum table(long differing) {
        return new TableChecksum(
                "game", "players", "restored", 100, 1, differing, 0, 0, List.of(), Optional.empty(), Optional.empty());
    }

    static BitSet ids(int... numbers) {
        BitSet ids = new BitSet();
        IntStream.of(numbers).forEach(ids::set);
        return ids;
    }
}
