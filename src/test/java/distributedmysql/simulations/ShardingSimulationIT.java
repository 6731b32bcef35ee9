package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.topology.docker.TestDocker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is special to shards, as a user plays it. */
class ShardingSimulationIT {
    @Test
    @SimulationRun(
            simulation = ShardingSimulation.class,
            settings = {
                "embedded.shards=3",
                "experiments=sharding",
                "sharding.resharding.rounds=1",
                "sharding.resharding.rows=5000",
                "sharding.transfers.accounts=2000",
                "sharding.transfers.transfers=200",
                "sharding.transfers.kills=10"
            })
    @DisplayName("On three shards every part is played and judged, and the report has each shard")
    void everyPart(PlayedRun run) {
        assertPlayed(run);
    }

    @Test
    @Tag("nightly")
    @SimulationRun(
            simulation = ShardingSimulation.class,
            settings = {
                "experiments=sharding",
                "embedded.shards=3",
                "embedded.replication=group",
                "embedded.replicas=2",
                "sharding.resharding.rounds=2",
                "sharding.resharding.rows=5000",
                "sharding.resharding.kills=none,source",
                "sharding.transfers.accounts=2000",
                "sharding.transfers.transfers=200",
                "sharding.transfers.kills=10"
            })
    @DisplayName("The same on three shards that are groups, in one of which the primary is killed during a resharding")
    void groups(PlayedRun run) {
        assertPlayed(run);
    }

    @Test
    @Tag("nightly")
    @DisplayName("The same on three shards of containers")
    void containers() throws Exception {
        TestDocker.assumeUsable();
        try (Simulations simulations = new Simulations()) {
            simulations.open();
            assertPlayed(simulations.play(
                    ShardingSimulation.class,
                    "topology=docker",
                    "docker.image=" + TestDocker.image(),
                    "experiments=sharding",
                    "docker.shards=3",
                    "docker.replicas=1",
                    "sharding.resharding.rounds=1",
                    "sharding.resharding.rows=5000",
                    "sharding.transfers.accounts=2000",
                    "sharding.transfers.transfers=200",
                    "sharding.transfers.kills=10"));
        }
    }

    private static void assertPlayed(PlayedRun run) {
        for (String check : new String[] {
            "saves on their shards",
            "scatter-gather answers",
            "joins across shards",
            "transfers without protection",
            "transfers with XA",
            "lost acknowledged writes: resharding",
            "every row on the right shard"
        }) {
            assertThat(run.check(check)).as(check).startsWith("VALID");
        }
        assertThat(run.report().at("/topology/shards")).hasSize(3).allSatisfy(shard -> {
            assertThat(shard.at("/rows").asLong()).isPositive();
            assertThat(shard.at("/requestsPerSecond").asDouble()).isPositive();
        });
        assertThat(PlayedRun.texts(run.report().at("/sharding/routed/turns"), "where"))
                .containsExactly("all shards", "shard1", "shard2", "shard3", "one server");
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
        assertEachStepIsSaid(run);
    }

    /** In the order in which they are played, at least one round of the resharding; what takes no time is not. */
    private static void assertEachStepIsSaid(PlayedRun run) {
        assertThat(run.steps())
                .startsWith(
                        "sharding: distribution of keys",
                        "save and load: making the tables",
                        "save and load, all shards",
                        "save and load, one server",
                        "save and load: reading every server",
                        "search: making the tables",
                        "searches of all shards",
                        "joins across shards",
                        "transfers without protection: making the tables",
                        "transfers without protection",
                        "transfers without protection: reading every server",
                        "transfers with XA: making the tables",
                        "transfers with XA",
                        "transfers with XA: recovery",
                        "transfers with XA: reading every server",
                        "resharding: opening connections",
                        "resharding, round 1");
        assertThat(run.output())
                .containsSubsequence(
                        "resharding, round 1: making 5000 rows",
                        "resharding, round 1: writes arrive",
                        "resharding, round 1: adding shard3 while writes arrive",
                        "resharding, round 1: reading every server");
    }
}
