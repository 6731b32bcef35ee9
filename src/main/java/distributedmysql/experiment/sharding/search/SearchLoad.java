package distributedmysql.experiment.sharding.search;

import static distributedmysql.gatling.SqlDsl.sql;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.LoadSettings.Engine;
import distributedmysql.config.PlannedTime;
import distributedmysql.experiment.sharding.search.SearchSettings.DeadShard;
import distributedmysql.gatling.Arrivals;
import distributedmysql.gatling.RoutedUser;
import distributedmysql.gatling.SqlActionBuilder;
import distributedmysql.gatling.SqlDsl;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.record.StagePlan;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The searches, as Gatling plays them: at a rate, whether earlier ones have been answered or not. */
record SearchLoad(SearchSettings settings, GuildTables tables, SearchRecord record, long seed) {
    /** Of the stage, and of the scenario. */
    static final String STAGE = "searches of all shards";

    static final String REQUEST = "players by part of a name";

    /** So many parts of names are looked for, again and again: each is judged once. */
    private static final int PARTS = 100;

    StagePlan plan() {
        return StagePlan.open(STAGE, Engine.ROUTED.label(), settings.rate(), settings.phases());
    }

    /** @param poolSize {@code connection.pool-size} */
    PopulationBuilder population(ConnectionFeeder connections, int poolSize) {
        Arrivals arrivals = Arrivals.even(settings.rate());
        List<String> parts = parts(seed);
        var searches = Stream.generate(() -> Map.<String, Object>of(
                        "part", parts.get(ThreadLocalRandom.current().nextInt(PARTS))))
                .iterator();
        return scenario(STAGE)
                .exec(new RoutedUser(connections, poolSize)
                        .open(arrivals, exec(RoutedUser.fed(searches), exec(search()))))
                .injectOpen(constantUsersPerSec(arrivals.users())
                        .during(settings.phases()
                                .warmUp()
                                .plus(settings.phases().steady())
                                .plus(PlannedTime.MARGIN)));
    }

    /** Of names that are looked for. */
    static List<String> parts(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> GuildData.part(random)).limit(PARTS).toList();
    }

    private SqlActionBuilder search() {
        SqlDsl.Everywhere everywhere = sql(REQUEST).onEveryShard();
        return (settings.deadShard() == DeadShard.PARTIAL ? everywhere.allowPartial() : everywhere)
                .query(tables.search(), "%#{part}%", settings.limit())
                .check((result, session) -> {
                    record.answered(session.getString("part"), result);
                    return session;
                });
    }
}
