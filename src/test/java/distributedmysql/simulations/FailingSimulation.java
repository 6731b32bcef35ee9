package distributedmysql.simulations;

import static distributedmysql.gatling.SqlDsl.rowCount;
import static distributedmysql.gatling.SqlDsl.sql;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static org.galaxio.gatling.javaapi.JdbcDsl.jdbc;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.run.Check;
import distributedmysql.run.ClusterSimulation;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@link OwnSimulationIT} plays: a user's own simulation in which requests fail in every way in which they can. */
public final class FailingSimulation extends ClusterSimulation {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Meaning MEANING = new Meaning("invalid", "unknown", "nothing, it is a test");

    public FailingSimulation() {
        run().mayFail("plugn typo", "misspelt");
        play(() -> steps(run()));
    }

    /** The same failures where each may be. */
    public static final class AllowedSimulation extends ClusterSimulation {
        public AllowedSimulation() {
            run().mayFail("plugin typo", "the plugin's table comes later");
            play(() -> List.of(
                    new Step(
                            SHORT,
                            List.of(
                                    users(
                                            "typo",
                                            repeat(20)
                                                    .on(exec(sql("update account")
                                                            .onPrimary()
                                                            .update("UPDATE accountz SET balance = 1")
                                                            .mayFail("the table comes later")))),
                                    plugin(run()))),
                    run().judge(List.of(
                            new Check("other", MEANING, () -> CheckResult.valid("other", "as the test wants"))))));
        }

        private PopulationBuilder users(String name, ChainBuilder chain) {
            return scenario(name).exec(feed(run().connections()), chain).injectOpen(atOnceUsers(2));
        }
    }

    /** A feeder that has too few records, at which Gatling stops the run. */
    public static final class ExhaustedSimulation extends ClusterSimulation {
        public ExhaustedSimulation() {
            play(() -> List.of(
                    run().judge(List.of(
                            new Check("first", MEANING, () -> CheckResult.valid("first", "as the test wants")))),
                    new Step(
                            SHORT,
                            List.of(scenario("fed")
                                    .exec(
                                            feed(run().connections()),
                                            feed(List.of(Map.<String, Object>of("n", 1))
                                                    .iterator()),
                                            exec(sql("one").onReplica().query("SELECT ?", "#{n}")))
                                    .injectOpen(atOnceUsers(3))))));
        }
    }

    private static List<Step> steps(TestRun run) {
        List<PopulationBuilder> populations = new ArrayList<>();
        populations.add(scenario("typo")
                .exec(
                        feed(run.connections()),
                        repeat(50)
                                .on(
                                        exec(sql("one").onReplica().query("SELECT 1")),
                                        exec(sql("update account")
                                                .onPrimary()
                                                .update("UPDATE accountz SET balance = 1"))))
                .injectClosed(constantConcurrentUsers(2).during(1)));
        populations.add(once(
                run,
                "slow",
                exec(sql("too slow")
                        .onReplica()
                        .query("SELECT SLEEP(5) FROM players")
                        .timeout(Duration.ofMillis(100)))));
        populations.add(once(
                run,
                "unexpected",
                exec(sql("unexpected").onReplica().query("SELECT 1").check(rowCount(3)))));
        populations.add(
                once(run, "cut off", exec(sql("cut off").onReplica().query("SELECT SLEEP(5), ?", "#{nowhere}"))));
        populations.add(once(run, "throwing", exec(session -> {
            throw new IllegalStateException("a fault in the scenario");
        })));
        populations.add(once(
                run,
                "leaving",
                exec(sql("login").onReplica().query("SELECT 1").check(rowCount(2)))
                        .exec(exitHereIfFailed())
                        .exec(sql("never sent").onReplica().query("SELECT 1"))));
        populations.add(plugin(run));
        return List.of(new Step(SHORT, populations), run.alone("fails alone", Duration.ZERO, () -> {
            throw new IllegalStateException("a fault in a step of one user");
        }));
    }

    private static PopulationBuilder once(TestRun run, String name, ChainBuilder chain) {
        return scenario(name).exec(feed(run.connections()), chain).injectOpen(atOnceUsers(1));
    }

    private static PopulationBuilder plugin(TestRun run) {
        return scenario("plugin")
                .exec(
                        jdbc("plugin one").query("SELECT 1"),
                        jdbc("plugin typo").rawSql("UPDATE accountz SET balance = 1"))
                .injectOpen(atOnceUsers(3))
                .protocols(run.plugin(run.replicaSet().primary()));
    }
}
