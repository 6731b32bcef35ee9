package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.KeyDifference;
import distributedmysql.history.KeyDifference.Kind;
import distributedmysql.history.TableChecksum;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableChecksumCheckTest {
    private static final TableChecksum EQUAL = new TableChecksum(
            "game", "players", "node2", 20_000, 3, 0, 0, 0, List.of(), Optional.empty(), Optional.empty());
    private static final TableChecksum DIFFERING = new TableChecksum(
            "game",
            "logs",
            "node3",
            40_000,
            4,
            1,
            2,
            0,
            List.of(new KeyDifference(Kind.DIFFERING, "17"), new KeyDifference(Kind.MISSING, "'a'")),
            Optional.empty(),
            Optional.empty());
    private static final TableChecksum LAGGING = new TableChecksum(
            "game", "items", "node2", 100, 1, 0, 0, 0, List.of(), Optional.empty(), Optional.of("deadline passed"));

    private static final TableChecksum UNLISTED = new TableChecksum(
            "shop", null, "node3", 0, 0, 0, 0, 0, List.of(), Optional.empty(), Optional.of("refused"));

    @Test
    void equalTablesAreValidWithTheirRowsAndChunks() {
        CheckResult result = TableChecksumCheck.check(List.of(EQUAL, EQUAL));

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).contains("1 table on 1 replica", "40000 rows in 6 chunks");
    }

    @Test
    void oneDifferingTableIsInvalidAndNamed() {
        CheckResult result = TableChecksumCheck.check(List.of(EQUAL, DIFFERING));

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .contains(
                        "game.logs on node3: 1 row differing, 2 missing, 0 extra; first: differing 17, missing 'a' on the replica");
    }

    @Test
    void whatWasNotComparedIsNamedBesideDifferences() {
        CheckResult result = TableChecksumCheck.check(List.of(LAGGING, UNLISTED, EQUAL, DIFFERING));

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .contains(
                        "game.logs on node3: 1 row differing",
                        "not compared: game.items on node2: deadline passed; database shop on node3: refused",
                        "3 tables on 2 replicas");
    }

    @Test
    void everyReasonOfAFewAndEveryNameOfSomeMoreAreInTheEvidence() {
        List<TableChecksum> many = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> new TableChecksum(
                        "d", "t" + i, "node2", 0, 0, 0, 0, 0, List.of(), Optional.empty(), Optional.of("reason " + i)))
                .toList();

        String evidence = TableChecksumCheck.check(many).evidence();

        assertThat(evidence)
                .startsWith(
                        "d.t1 on node2: reason 1; d.t2 on node2: reason 2; d.t3 on node2: reason 3; and d.t4 on node2,")
                .contains("d.t23 on node2 and 7 more, each with its keys in tableChecksums of the JSON summary");
    }

    @Test
    void aDatabaseThatCouldNotBeListedIsUnknown() {
        CheckResult result = TableChecksumCheck.check(List.of(EQUAL, UNLISTED));

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).contains("database shop on node3: refused", "1 table on 1 replica");
    }

    @Test
    void aTableThatIsDefinedOtherwiseIsInvalid() {
        TableChecksum other = new TableChecksum(
                "game",
                "items",
                "node2",
                0,
                0,
                0,
                0,
                0,
                List.of(),
                Optional.of("the table is on the primary, not on node2"),
                Optional.empty());

        CheckResult result = TableChecksumCheck.check(List.of(EQUAL, other));

        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("game.items on node2: the table is on the primary, not on node2");
    }

    @Test
    void anIncompleteComparisonIsUnknownWithItsReason() {
        CheckResult result = TableChecksumCheck.check(List.of(EQUAL, LAGGING));

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).contains("game.items on node2: deadline passed");
    }

    @Test
    void nothingComparedIsUnknown() {
        assertThat(TableChecksumCheck.check(List.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void theEvidenceSaysHowManyDiffer() {
        TableChecksum partly = new TableChecksum(
                "game", "items", "node2", 9, 1, 0, 0, 3, List.of(), Optional.empty(), Optional.of("deadline passed"));

        assertThat(TableChecksumCheck.check(List.of(EQUAL, partly)).evidence())
                .isEqualTo(
                        "game.items on node2: 0 rows differing, 0 missing, 3 extra; at least, because deadline passed"
                                + " (2 tables on 1 replica compared, 20009 rows in 4 chunks)");
        assertThat(TableChecksumCheck.check(List.of(DIFFERING, partly, DIFFERING))
                        .evidence())
                .contains(
                        "game.items on node2: 0 rows differing, 0 missing, 3 extra; at least, because deadline passed; ")
                .endsWith("missing 'a' on the replica (2 tables on 2 replicas compared, 80009 rows in 9 chunks)");
        assertThat(partly.differences() + DIFFERING.differences()).isEqualTo(6);
    }
}
