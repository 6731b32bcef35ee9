package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ranges: 1 to 1,000 on shard1, 1,001 to 2,000 on shard2; then 501 to 1,000 on shard3. Odd numbers were there before. */
class ReshardingChecksTest {
    private final PlayedRounds rounds = new PlayedRounds();

    private CheckResult placed() {
        return ReshardingChecks.placed(rounds.all(), 5, "");
    }

    @Test
    @DisplayName("Where every row is on its shard, all is VALID, and the share that moved is told")
    void valid() {
        assertThat(placed())
                .returns(Verdict.VALID, CheckResult::verdict)
                .returns(
                        "of 1010 rows on the wrong shard 0, on more than one 0; keys that moved, written while they were copied: 5",
                        CheckResult::evidence);
        assertThat(ReshardingChecks.moved(rounds.all(), ""))
                .returns(Verdict.VALID, CheckResult::verdict)
                .returns(
                        "round 1 (ranges): of 1000 rows 25.0 % moved, 0 to a shard that was there before",
                        CheckResult::evidence);
        assertThat(ReshardingChecks.replicas(rounds.all(), "").verdict()).isEqualTo(Verdict.VALID);
        assertThat(ReshardingChecks.told(rounds.all(), "").verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("A row on the wrong shard is named, with where it is and where it belongs")
    void wrong() {
        rounds.move(7, 0, 1);

        assertThat(placed())
                .returns(Verdict.INVALID, CheckResult::verdict)
                .returns(
                        "round 1: 7 is on shard2, and belongs to shard1; of 1010 rows on the wrong shard 1 (7), on more than one 0;"
                                + " keys that moved, written while they were copied: 5",
                        CheckResult::evidence);
        assertThat(ReshardingChecks.moved(rounds.all(), ""))
                .returns(Verdict.INVALID, CheckResult::verdict)
                .extracting(CheckResult::evidence)
                .asString()
                .startsWith(
                        "moved to a shard that was there before: 1 (7); round 1 (ranges): of 1000 rows 25.1 % moved, 1");
    }

    @Test
    @DisplayName("A row that was left behind is on two shards, and named")
    void doubled() {
        rounds.add(501, 0);
        rounds.add(503, 0);

        assertThat(placed())
                .returns(Verdict.INVALID, CheckResult::verdict)
                .extracting(CheckResult::evidence)
                .asString()
                .startsWith(
                        "round 1: 501 is on shard1 and shard3, and belongs to shard3; of 1010 rows on the wrong shard"
                                + " 2 (501, 503), on more than one 2 (501, 503)");
        assertThat(ReshardingChecks.moved(rounds.all(), "").verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("Rows that a replica lacks or has besides are named")
    void replica() {
        rounds.onReplica(2).clear(601);
        rounds.onReplica(2).set(2_100);

        assertThat(ReshardingChecks.replicas(rounds.all(), ""))
                .returns(Verdict.INVALID, CheckResult::verdict)
                .extracting(CheckResult::evidence)
                .asString()
                .startsWith("round 1, shard3-node2: missing 1 (601), extra 1 (2100); ");
    }

    @Test
    @DisplayName("A replica that could not be read is named, and keeps nothing else from being known")
    void replicaUnread() {
        List<Round> round = rounds.withoutReplica();

        assertThat(ReshardingChecks.replicas(round, ""))
                .returns(Verdict.UNKNOWN, CheckResult::verdict)
                .extracting(CheckResult::evidence)
                .asString()
                .startsWith("shard3-node2: does not answer; ");
        assertThat(ReshardingChecks.placed(round, 1, "").verdict()).isEqualTo(Verdict.VALID);
        assertThat(ReshardingChecks.moved(round, "").verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("A shard that takes a write by an old map, or refuses it for another reason, is named")
    void told() {
        rounds.told(new Round.Told(300, "shard1", false, ""));
        rounds.told(new Round.Told(301, "shard2", false, "connection refused"));

        assertThat(ReshardingChecks.told(rounds.all(), ""))
                .returns(Verdict.INVALID, CheckResult::verdict)
                .returns(
                        "shard1 did not refuse 300, but acknowledged it; shard2 did not refuse 301: connection refused;"
                                + " of 3 writes by an old map 1 refused, for instance 299 by shard2: stale shard map",
                        CheckResult::evidence);
    }

    @Test
    @DisplayName("Without evidence nothing is VALID")
    void unknown() {
        assertThat(ReshardingChecks.placed(rounds.all(), 0, "").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(ReshardingChecks.placed(rounds.all(), 5, "the deadline passed")
                        .evidence())
                .startsWith("the deadline passed; of 1010 rows");
        assertThat(all(List.of(), "")).allMatch(check -> check.verdict() == Verdict.UNKNOWN);
        assertThat(all(rounds.unread(), "")).allMatch(check -> check.verdict() == Verdict.UNKNOWN);
        assertThat(all(rounds.all(), "killed")).allMatch(check -> check.verdict() == Verdict.UNKNOWN);
        rounds.move(7, 0, 1);
        assertThat(ReshardingChecks.placed(rounds.all(), 0, "killed").verdict()).isEqualTo(Verdict.INVALID);
    }

    private static List<CheckResult> all(List<Round> rounds, String doubt) {
        return List.of(
                ReshardingChecks.placed(rounds, 1, doubt),
                ReshardingChecks.moved(rounds, doubt),
                ReshardingChecks.replicas(rounds, doubt),
                ReshardingChecks.told(rounds, doubt));
    }
}
