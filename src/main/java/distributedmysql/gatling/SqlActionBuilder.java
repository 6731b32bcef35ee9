package distributedmysql.gatling;

import distributedmysql.gatling.internal.SqlActionFactory;
import distributedmysql.gatling.internal.SqlRequest;
import distributedmysql.gatling.internal.Target;
import distributedmysql.gatling.internal.Target.Reach;
import distributedmysql.load.SqlResult;
import distributedmysql.load.SqlStatementSpec;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A complete request, ready for {@code exec(…)}. Immutable. */
public final class SqlActionBuilder implements ActionBuilder {
    private final SqlRequest request;

    SqlActionBuilder(String name, Target target, List<SqlStatementSpec> statements) {
        this(SqlRequest.of(name, target, statements));
    }

    private SqlActionBuilder(SqlRequest request) {
        this.request = request;
    }

    SqlActionBuilder asTransaction() {
        return new SqlActionBuilder(request.asTransaction());
    }

    /**
     * Sends it to the shard that this key belongs to. Where there is one replica set, all keys belong to it; where there are several,
     * each request needs a key.
     *
     * @param key a whole number, or Gatling EL for one
     * @throws IllegalArgumentException if the request goes to every shard
     */
    public SqlActionBuilder shardKey(Object key) {
        if (request.target().reach() != Reach.ONE_SHARD) {
            throw new IllegalArgumentException(
                    "sql(\"" + request.name() + "\").onEveryShard() goes to every shard: it has no .shardKey(…)");
        }
        return new SqlActionBuilder(request.to(request.target().withShardKey(key)));
    }

    /** Adds checks; they run in order, after those that are already there, once the statements have succeeded. */
    public SqlActionBuilder check(SqlCheck... checks) {
        List<BiFunction<SqlResult, Session, Session>> all = new ArrayList<>(request.checks());
        for (SqlCheck check : checks) {
            all.add(check::check);
        }
        return new SqlActionBuilder(request.with(all));
    }

    /**
     * Ends each statement of this request that takes longer ({@code KILL QUERY}), writes too, instead of
     * {@code connection.statement-timeout}, which ends queries. To some 20 ms. The request has failed then, with {@code TIMEOUT},
     * also where the server reports a success all the same: a {@code SELECT SLEEP(20)} that is ended returns 1.
     *
     * @throws IllegalArgumentException if it is less than a millisecond
     */
    public SqlActionBuilder timeout(Duration timeout) {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "sql(\"" + request.name() + "\").timeout(" + timeout + "): must be at least 1 ms");
        }
        return new SqlActionBuilder(request.within(timeout.toMillis()));
    }

    /**
     * Requests of this name may fail without failing the run; how often and why they did is reported all the same.
     *
     * @param reason is in the report
     * @throws IllegalArgumentException if the reason is blank
     */
    public SqlActionBuilder mayFail(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("sql(\"" + request.name() + "\").mayFail(\"\"): a reason is needed");
        }
        return new SqlActionBuilder(request.mayFail(reason));
    }

    @Override
    public io.gatling.core.action.builder.ActionBuilder asScala() {
        return new SqlActionFactory(request);
    }
}
