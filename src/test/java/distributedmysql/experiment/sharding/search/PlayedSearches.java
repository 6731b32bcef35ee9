package distributedmysql.experiment.sharding.search;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.FailedRequests;
import distributedmysql.config.Phases;
import distributedmysql.experiment.sharding.search.SearchSection.Scatter;
import distributedmysql.experiment.sharding.search.SearchSettings.DeadShard;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.record.StageMeasurement;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import io.gatling.app.Gatling$;
import java.time.Duration;
import java.util.List;

/** One real Gatling run of searches, and what came of it. */
record PlayedSearches(
        CheckResult check, Scatter scatter, List<FailedRequests.Failure> failures, StageMeasurement steady) {
    static final long SEED = 3;

    /** Every part of a name is looked for at least once in some 5 s, all but surely. */
    static PlayedSearches play(
            Shards shards, GuildData data, GuildTables tables, String database, int rate, DeadShard deadShard) {
        Phases phases = new Phases(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(3));
        SearchSettings settings =
                new SearchSettings(data.players().size(), data.guilds().size(), rate, phases, 1_000, deadShard, 1);
        SearchRecord record = new SearchRecord(
                shards.map().shards(),
                start -> SearchSimulation.recorder
                        .steadyTime()
                        .filter(time -> time.contains(start))
                        .isPresent());
        try (ConnectionPools pools = new ConnectionPools(
                shards, database, TestServers.connection(SearchSimulation.POOL_SIZE, Duration.ofSeconds(2)), null)) {
            SearchSimulation.load = new SearchLoad(settings, tables, record, SEED);
            SearchSimulation.connections = new ConnectionFeeder(shards, pools);
            String[] arguments = {"-s", SearchSimulation.class.getName(), "-rf", "target/gatling-it", "-nr"};
            assertThat(Gatling$.MODULE$.fromArgs(arguments)).isZero();
        }
        List<FailedRequests.Requests> requests = SearchSimulation.recorder.requests();
        StageMeasurement steady = SearchSimulation.recorder.measured().orElseThrow();
        return new PlayedSearches(
                SearchCheck.check(data, shards.map(), settings.limit(), record.answers()),
                record.section(settings, steady.all().failed()),
                requests.get(0).failures(),
                steady);
    }
}
