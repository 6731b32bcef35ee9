package distributedmysql.simulations;

import static distributedmysql.gatling.SqlDsl.column;
import static distributedmysql.gatling.SqlDsl.rowCount;
import static distributedmysql.gatling.SqlDsl.sql;
import static distributedmysql.gatling.SqlDsl.update;
import static distributedmysql.gatling.SqlDsl.updateCount;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.run.ClusterSimulation;
import distributedmysql.run.Step;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Players give each other gold. */
public final class TransfersSimulation extends ClusterSimulation {
    private static final Duration LOAD = Duration.ofSeconds(5);

    public TransfersSimulation() {
        play(this::steps);
    }

    private List<Step> steps() {
        ScenarioBuilder transfers = scenario("transfers")
                .exec(feed(run().connections()), feed(players()))
                .exec(sql("gold of a player")
                        .onReplica()
                        .query("SELECT gold FROM players WHERE player_id = ?", "#{from}")
                        .check(rowCount(1), column("gold").saveAs("gold")))
                .exec(sql("transfer")
                        .onPrimary()
                        .transaction(
                                update("UPDATE players SET gold = gold - 1 WHERE player_id = ?", "#{from}"),
                                update("UPDATE players SET gold = gold + 1 WHERE player_id = ?", "#{to}"))
                        .check(updateCount(2))
                        .mayFail("two transfers between the same two players may deadlock"));
        PopulationBuilder load = transfers.injectOpen(constantUsersPerSec(50).during(LOAD));
        return List.of(new Step(LOAD, List.of(load)));
    }

    /** Endless, and different players. */
    private static Iterator<Map<String, Object>> players() {
        return Stream.generate(() -> {
                    int from = ThreadLocalRandom.current().nextInt(1, 50);
                    return Map.<String, Object>of("from", from, "to", from + 50);
                })
                .iterator();
    }
}
