package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.ShardSettings.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Shards are added under load. */
class ReshardingIT extends RigTests {
    @Test
    @DisplayName(
            "By each strategy, every acknowledged write is on the right shard afterwards, and the expected share has moved")
    void eachStrategy() {
        ReshardingSettings settings = Rig.settings(12_000, Strategy.RING, Strategy.MODULO, Strategy.RANGES);
        RoundPlay play = rig.play(settings, rig.own(settings.pacing()));
        List<PlayedRound> played = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            played.add(play.play(round));
        }

        List<ReshardingSection.Added> added = played.stream()
                .map(each -> new RoundFigures(each, play.ledger()).figures())
                .toList();
        Rig.assertValid(play, played);
        assertThat(added).allMatch(each -> each.problem() == null && each.failed() == 0 && each.unknown() == 0);
        assertThat(added).allMatch(each -> each.rows() == 12_000 && each.errorWindowMillis() > 0);
        // Of n = 2, with a standard deviation of 2.2 points (shares of the ring) and 0.4 (sampling of the keys).
        assertThat(added.get(0).movedShare()).isBetween(0.33 - 0.1, 0.33 + 0.1);
        assertThat(added.get(0).movedElsewhere()).isZero();
        assertThat(added.get(1).movedShare()).isBetween(0.65, 0.68);
        assertThat(added.get(1).movedElsewhere()).isPositive();
        assertThat(added.get(2).movedShare()).isBetween(0.24, 0.26);
        assertThat(added.get(2).movedElsewhere()).isZero();
    }
}
