package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is special to shards, as a user plays it. */
class ShardingSimulationIT {
    @Test
    @SimulationRun(
            simulation = ShardingSimulation.class,
            settings = {
                "embedded.shards=2",
                "sharding.transfers.accounts=2000",
                "sharding.transfers.transfers=200",
                "sharding.transfers.kills=10"
            })
    @DisplayName("On two shards, both ways of transfers are played and judged, and stand side by side")
    void transfers(PlayedRun run) {
        for (String check : new String[] {"transfers without protection", "transfers with XA"}) {
            assertThat(run.check(check)).as(check).startsWith("VALID");
        }
        JsonNode ways = run.report().at("/sharding/transfers/ways");
        assertThat(ways).hasSize(2);
        assertThat(ways.at("/0/lostTransfers")).hasSize(10);
        assertThat(ways.at("/1/sumAfter").asLong())
                .isEqualTo(ways.at("/1/sumBefore").asLong());
        assertThat(ways.at("/1/recovery/committed").asInt()).isEqualTo(5);
        assertThat(run.output())
                .contains(
                        "Transfers across shards (8 clients, 2000 accounts):",
                        "transfers: recovery: transfers committed: 5");
    }
}
