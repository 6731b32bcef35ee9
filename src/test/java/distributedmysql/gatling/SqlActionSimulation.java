package distributedmysql.gatling;

import static distributedmysql.gatling.SqlDsl.column;
import static distributedmysql.gatling.SqlDsl.query;
import static distributedmysql.gatling.SqlDsl.rowCount;
import static distributedmysql.gatling.SqlDsl.rows;
import static distributedmysql.gatling.SqlDsl.sql;
import static distributedmysql.gatling.SqlDsl.update;
import static distributedmysql.gatling.SqlDsl.updateCount;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.Phases;
import distributedmysql.gatling.internal.ClusterProtocol;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@link SqlActionIT} looks at: one scenario per case, each with one user whose last session is kept. Gatling makes
 * the instance, so what goes in and comes out is static.
 */
public final class SqlActionSimulation extends Simulation {
    static volatile ConnectionFeeder connections;
    static volatile ConnectionFeeder oneConnection;
    static final Map<String, Session> ended = new ConcurrentHashMap<>();
    static final Map<String, StageRecorder> recorded = new ConcurrentHashMap<>();

    /** Some 10¹² rows. */
    private static final String LONG = String.join(
            " JOIN information_schema.collations ", " FROM information_schema.collations a", "b", "c", "d", "e");

    private final StageRecorders recorders = new StageRecorders();
    private final List<PopulationBuilder> populations = new ArrayList<>();

    public SqlActionSimulation() {
        routed(
                "rows",
                sql("rows")
                        .onReplica()
                        .query("SELECT 1 AS first_column, 'x' AS b UNION ALL SELECT 2, 'y'")
                        .check(
                                rowCount(2),
                                column("first_column").is(1),
                                column("b").saveAs("b"),
                                rows().saveAs("all")));
        routed(
                "braces",
                sql("braces")
                        .onReplica()
                        .query(
                                "SELECT '{\"a\":1}' AS a, '{fn now()}' AS b, ? AS c, '{d ''2020-01-01''}' AS `{fn d}`",
                                "{call e}")
                        .check(
                                column("a").is("{\"a\":1}"),
                                column("b").is("{fn now()}"),
                                column("c").is("{call e}"),
                                column("{fn d}").is("{d '2020-01-01'}")));
        routed(
                "expression",
                exec(session -> session.set("wanted", 42L)),
                sql("expression")
                        .onReplica()
                        .query("SELECT ? AS v", "#{wanted}")
                        .check(column("v").is("#{wanted}")));
        routed("missing attribute", sql("missing").onReplica().query("SELECT ?", "#{nowhere}"));
        routed(
                "every shard",
                sql("every shard")
                        .onEveryShard()
                        .query("SELECT ? AS v", "only one")
                        .check(rowCount(1), column("v").is("only one")));
        routed(
                "update",
                sql("update")
                        .onPrimary()
                        .update("UPDATE t SET v = v + ? WHERE id = 1", 5)
                        .check(updateCount(1)));
        routed(
                "transaction",
                sql("transaction")
                        .onPrimary()
                        .transaction(
                                update("INSERT INTO t VALUES (10, 1)"),
                                update("INSERT INTO t VALUES (11, 1)"),
                                query("SELECT COUNT(*) AS n FROM t WHERE id IN (10, 11)"))
                        .check(updateCount(2), column("n").is(2)));
        routed(
                "rolled back",
                sql("rolled back")
                        .onPrimary()
                        .transaction(update("INSERT INTO t VALUES (20, 1)"), update("INSERT INTO t VALUES (1, 1)")));
        routed("after a rollback", sql("after a rollback").onPrimary().update("INSERT INTO t VALUES (21, 1)"));
        routed(
                "timeout",
                sql("timeout").onReplica().query("SELECT SLEEP(20) FROM t").timeout(Duration.ofSeconds(1)));
        routed(
                "timeout of a sleep",
                sql("timeout of a sleep").onReplica().query("SELECT SLEEP(20)").timeout(Duration.ofSeconds(1)));
        routed(
                "timeout of a long select",
                sql("timeout of a long select")
                        .onReplica()
                        .query("SELECT COUNT(*)" + LONG)
                        .timeout(Duration.ofSeconds(1)));
        routed(
                "timeout of a sort",
                sql("timeout of a sort")
                        .onReplica()
                        .query("SELECT a.id" + LONG + " ORDER BY RAND()")
                        .timeout(Duration.ofSeconds(1)));
        routed(
                "timeout of a lock",
                sql("timeout of a lock")
                        .onPrimary()
                        .update("UPDATE t SET v = v + 1 WHERE id = 30")
                        .timeout(Duration.ofSeconds(1)));
        routed(
                "timeout in a transaction",
                sql("timeout in a transaction")
                        .onPrimary()
                        .transaction(update("INSERT INTO t VALUES (40, 1)"), query("SELECT SLEEP(20)"))
                        .timeout(Duration.ofSeconds(1)));
        routed("syntax error", sql("syntax error").onReplica().query("SELECT FROM"));
        routed("write on a replica", sql("write").onReplica().update("DELETE FROM t"));
        routed("failed check", sql("failed check").onReplica().query("SELECT 1").check(rowCount(3)));
        routed(
                "check that throws",
                sql("check that throws").onReplica().query("SELECT 1").check((result, session) -> {
                    throw new IllegalStateException("a fault in the scenario");
                }));
        routed(
                "no such column",
                sql("no such column")
                        .onReplica()
                        .query("SELECT 1 AS a")
                        .check(column("b").is(1)));
        add("no route", exec(sql("no route").onReplica().query("SELECT 1")));
        add(
                "pool timeout",
                feed(oneConnection).exec(sql("pool timeout").onPrimary().query("SELECT SLEEP(3)")),
                2);
        setUp(populations).protocols(new ClusterProtocol(recorders));
    }

    private void routed(
            String name,
            io.gatling.javaapi.core.exec.Executable first,
            io.gatling.javaapi.core.exec.Executable... more) {
        add(name, feed(connections).exec(first, more), 1);
    }

    private void add(String name, ChainBuilder chain) {
        add(name, chain, 1);
    }

    private void add(String name, ChainBuilder chain, int users) {
        Phases phases = new Phases(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
        StageRecorder recorder = new StageRecorder(StagePlan.closed(name, "routed", users, phases), () -> {});
        recorders.add(recorder, List.of(name));
        recorded.put(name, recorder);
        populations.add(scenario(name)
                .exec(chain)
                .exec(session -> {
                    ended.put(name, session);
                    return session;
                })
                .injectOpen(atOnceUsers(users)));
    }
}
