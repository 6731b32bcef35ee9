package distributedmysql.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.BenchmarkSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoutingCostTest {
    private final List<String> said = new ArrayList<>();

    @Test
    @DisplayName(
            "Each strategy is measured in turn; that every key is found where it belongs, the measurement looks itself")
    void eachStrategy() {
        RoutingCost.Result result =
                new RoutingCost(new BenchmarkSettings.Routing(4, 150, 20_000), said::add).measure(3);

        assertThat(result.strategies())
                .extracting(RoutingCost.Cost::strategy)
                .containsExactly("modulo", "ranges", "ring");
        assertThat(result.strategies()).allSatisfy(cost -> {
            assertThat(cost.nanos().min()).isPositive();
            assertThat(cost.nanos().median())
                    .isBetween(cost.nanos().min(), cost.nanos().max());
        });
        assertThat(said).hasSize(9);
        assertThat(said.get(0)).matches("routing, repetition 1, modulo: \\d+\\.\\d ns per key");
    }

    @Test
    void asText() {
        RoutingCost.Result result = new RoutingCost.Result(
                4, 150, 5_000_000, List.of(new RoutingCost.Cost("ring", new Spread(40.04, 45.26, 51))));

        assertThat(result.text().lines())
                .containsExactly(
                        "",
                        "routing by key: shards = 4, points = 150, keys = 5,000,000: ns per key, median [least most]",
                        "ring       45.3 [40.0 51.0]");
    }
}
