package distributedmysql.experiment.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.experiment.sharding.resharding.ReshardingReports;
import distributedmysql.experiment.sharding.routed.RoutedReports;
import distributedmysql.experiment.sharding.search.SearchReports;
import distributedmysql.experiment.sharding.transfers.TransfersReports;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys of the default profile. */
class ShardingSectionTest {
    private final ShardingSection section = ShardingReports.full();

    @Test
    void everyKeyIsOnOneShard() {
        assertThat(section.spreads()).hasSize(9);
        section.spreads()
                .forEach(spread -> assertThat(spread.keys().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(
                                switch (spread.ids()) {
                                    case "sequential" -> 50_000;
                                    case "random" -> 30_000;
                                    default -> 2_020;
                                }));
    }

    @Test
    void strategiesDiffer() {
        for (String ids : List.of("sequential", "random", "clustered")) {
            assertThat(spread(ids, "modulo").moved()).isCloseTo(0.8, within(0.05));
            assertThat(spread(ids, "modulo").pValue()).isGreaterThan(0.001);
            assertThat(spread(ids, "ring").moved()).isCloseTo(0.2, within(0.08));
            assertThat(spread(ids, "ring").movedElsewhere()).isZero();
            assertThat(spread(ids, "ranges").moved()).isCloseTo(0.125, within(0.001));
            assertThat(spread(ids, "ranges").keys()).hasSize(4);
            assertThat(spread(ids, "ranges").relativeDeviation()).isLessThan(0.001);
        }
        assertThat(spread("sequential", "ranges").largestShareOfNext()).isEqualTo(1);
        assertThat(spread("clustered", "ranges").largestShareOfNext()).isEqualTo(1);
        assertThat(spread("random", "ranges").largestShareOfNext()).isCloseTo(0.25, within(0.03));
    }

    /** Keys that are even, and a load that is not. */
    @Test
    void skewOfLoadIsToldApart() {
        Spread spread = spread("sequential", "modulo");

        assertThat(spread.largestShare()).isCloseTo(0.25, within(0.01));
        assertThat(spread.largestLoad()).isGreaterThan(0.26);
        assertThat(spread.hottestKey()).isCloseTo(0.0877, within(0.0001));
    }

    @Test
    void advice() {
        assertThat(section.advice().get(0))
                .matches(
                        "sequential: ring, because (1|2)\\d % of the keys move when a shard is added; not modulo, because 80 % of the"
                                + " keys move when a shard is added; not ranges, because 100 % of the keys that come next go to one shard");
        assertThat(section.advice().get(1))
                .endsWith("; not ranges, because a shard that is added relieves only one of the others");
    }

    @Test
    void aBillionKeysOfAThousandShards() {
        LargeRing ring = section.largeRing();

        assertThat(ring.relativeDeviation()).isCloseTo(ring.expectedDeviation(), within(0.008));
        assertThat(ring.mostKeys()).isBetween(1_100_000L, 1_500_000L);
        assertThat(ring.fewestKeys()).isBetween(600_000L, 900_000L);
        assertThat(ring.moved()).isBetween(700_000L, 1_300_000L);
    }

    @Test
    void console() {
        assertThat(section.console(part -> ""))
                .hasSize(2
                        + 9
                        + 3
                        + 1
                        + RoutedReports.full().console().size()
                        + SearchReports.full().console(part -> "").size()
                        + TransfersReports.full().console(part -> "").size()
                        + ReshardingReports.full().console().size())
                .first()
                .isEqualTo(
                        "Keys over 4 shards, computed for sharding.computed-shards (shares of the keys, % of the load on the fullest):");
    }

    private Spread spread(String ids, String strategy) {
        return section.spreads().stream()
                .filter(spread -> spread.ids().equals(ids) && spread.strategy().equals(strategy))
                .findFirst()
                .orElseThrow();
    }
}
