package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.check.Verdict;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.mysql.Mysql;
import distributedmysql.topology.Await;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What goes wrong on purpose is named. */
class ReshardingControlsIT extends RigTests {
    /** Ours, with something done when it comes to a phase. */
    private static Resharder disturbed(Phase phase, Disturbance disturbance) {
        return (change, progress) -> {
            Watch watch = new DisturbedWatch(progress, began -> {
                if (began == phase) {
                    disturbance.with(change);
                }
            });
            try (Coordinator coordinator = new Coordinator(change, new Pacing(500, 3_000, 20), watch)) {
                coordinator.run();
            }
        };
    }

    private static int notes(Change change, int shard) {
        return Integer.parseInt(Mysql.text(
                rig.primary(shard), "SELECT COUNT(*) FROM " + change.capture().name()));
    }

    private interface Disturbance {
        void with(Change change);
    }

    @Test
    @DisplayName("A catch-up that is skipped loses exactly the writes of that window, and they are named")
    void skippedCatchUp() {
        BitSet skipped = new BitSet();
        RoundPlay play = rig.play(Rig.settings(12_000, Strategy.RING), disturbed(Phase.CATCH_UP, change -> {
            Await.until(
                    "changes that are to be skipped",
                    Rig.DEADLINE,
                    () -> change.sources().stream().allMatch(shard -> notes(change, shard) > 50),
                    () -> "too few");
            for (int shard : change.sources()) {
                Mysql.run(rig.primary(shard), "plant", session -> {
                    List<Capture.Note> notes = change.capture().read(session, 1_000_000);
                    notes.stream()
                            .map(Capture.Note::id)
                            .filter(id -> change.after().shardOf(id) == change.newShard())
                            .forEach(id -> skipped.set(id.intValue()));
                    change.capture().forget(session, notes);
                });
            }
            // What was copied all the same, because it was written before the copy came to its end.
            skipped.andNot(Rig.TABLE.ids(rig.primary(change.newShard())));
        }));

        PlayedRound played = play.play(1);

        assertThat(skipped.isEmpty()).isFalse();
        List<CheckResult> checks = Rig.checks(play, List.of(played));
        CheckResult lost = Rig.check(checks, "lost acknowledged writes");
        assertThat(lost.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(lost.evidence()).contains("acknowledged writes lost " + IdSet.of(skipped) + ";");
        assertThat(Rig.check(checks, ReshardingChecks.PLACED_NAME).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName(
            "Where the fence is missing, a router with the former map writes to the wrong shard, and the write is named")
    void missingFence() {
        RoundPlay play = rig.play(
                Rig.settings(4_000, Strategy.RING),
                disturbed(
                        Phase.DONE,
                        change -> change.sources()
                                .forEach(shard -> rig.execute(shard, "DROP TRIGGER " + Rig.TABLE.name() + "_fence"))));

        PlayedRound played = play.play(1);

        List<Round.Told> told = played.round().told();
        assertThat(told).hasSize(2).noneMatch(Round.Told::refused);
        BitSet wrong = new BitSet();
        told.forEach(each -> wrong.set(each.id()));
        List<CheckResult> checks = Rig.checks(play, List.of(played));
        CheckResult placed = Rig.check(checks, ReshardingChecks.PLACED_NAME);
        assertThat(placed.verdict()).isEqualTo(Verdict.INVALID);
        Round.Told first =
                told.stream().min(Comparator.comparingInt(Round.Told::id)).orElseThrow();
        assertThat(placed.evidence())
                .startsWith("round 1: " + first.id() + " is on " + first.shard() + ", and belongs to shard3; ")
                .contains("on the wrong shard " + IdSet.of(wrong) + ",");
        assertThat(Rig.check(checks, ReshardingChecks.TOLD_NAME).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    @DisplayName(
            "With the fence, that router is told, with both versions; a row moved, doubled or deleted by hand is named")
    void plantedByHand() {
        RoundPlay play = rig.play(Rig.settings(4_000, Strategy.RANGES), disturbed(Phase.DONE, change -> {
            String table = Rig.TABLE.name();
            // Of 1 to 8,000, the lower half was on shard1; then half of that on shard3. Odd ones were there before.
            rig.execute(0, "DELETE FROM " + table + " WHERE write_id IN (11, 13)");
            rig.execute(1, "INSERT INTO " + table + " VALUES (13, UUID(), NOW(), 2)");
            rig.execute(2, "INSERT INTO " + table + " VALUES (15, UUID(), NOW(), 2)");
        }));

        PlayedRound played = play.play(1);

        List<CheckResult> checks = Rig.checks(play, List.of(played));
        assertThat(Rig.check(checks, "lost acknowledged writes"))
                .returns(Verdict.INVALID, CheckResult::verdict)
                .extracting(CheckResult::evidence)
                .asString()
                .contains("acknowledged writes lost 1 (11);");
        assertThat(Rig.check(checks, ReshardingChecks.PLACED_NAME))
                .returns(Verdict.INVALID, CheckResult::verdict)
                .extracting(CheckResult::evidence)
                .asString()
                .startsWith("round 1: 13 is on shard2, and belongs to shard1; ")
                .contains("on the wrong shard 2 (13, 15), on more than one 1 (15)");
        assertThat(Rig.check(checks, ReshardingChecks.MOVED_NAME).evidence())
                .startsWith("moved to a shard that was there before: 1 (13); ");
        CheckResult told = Rig.check(checks, ReshardingChecks.TOLD_NAME);
        assertThat(told.verdict()).as(told.evidence()).isEqualTo(Verdict.VALID);
        assertThat(told.evidence()).contains("stale shard map: routed by version 1, and this shard has version 2");
    }
}
