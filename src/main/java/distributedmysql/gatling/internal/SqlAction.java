package distributedmysql.gatling.internal;

import distributedmysql.gatling.internal.Target.Reach;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.NodePool;
import distributedmysql.load.Route;
import distributedmysql.load.SqlCheckException;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.SqlResult;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.topology.Role;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends one request. On an event loop of Gatling's it only stamps the intended start and resolves parameters; all that
 * blocks runs on the pool's threads; where it goes to every shard, on those of all their pools at once. A user with a thread of its
 * own sends the request right there.
 */
final class SqlAction extends JavaAction {
    static final String CLOSED = "the connections are closed: the run is ending";

    private final SqlRequest request;
    private final ClusterComponents components;
    private final El[][] parameters;
    /** Null if the request has none. */
    private final El shardKey;

    /** @param shown the request's name in Gatling's report */
    SqlAction(SqlRequest request, String shown, ClusterComponents components, CoreComponents core, Action next) {
        super(shown, core, components.responses(), next);
        this.request = request;
        this.components = components;
        this.shardKey = request.target().shardKey() == null
                ? null
                : El.of(request.target().shardKey());
        this.parameters = request.statements().stream()
                .map(statement -> compile(statement.parameters()))
                .toArray(El[][]::new);
    }

    private static El[] compile(List<Object> values) {
        return values.stream().map(El::of).toArray(El[]::new);
    }

    @Override
    void perform(Session session) {
        new Sending(session).begin();
    }

    private Object[][] resolve(Session session) {
        Object[][] values = new Object[parameters.length][];
        for (int statement = 0; statement < parameters.length; statement++) {
            values[statement] = new Object[parameters[statement].length];
            for (int i = 0; i < values[statement].length; i++) {
                values[statement][i] = parameters[statement][i].resolve(session);
            }
        }
        return values;
    }

    private List<NodePool> pools(Session session) {
        if (!(session.attributes().getOrElse(ConnectionFeeder.KEY, () -> null) instanceof Route route)) {
            throw new SqlCheckException("sql(\"" + request.name()
                    + "\"): the user has no route; the scenario must start with feed(run.connections())");
        }
        Role role = request.target().role();
        if (request.target().reach() != Reach.ONE_SHARD) {
            return route.toEvery(role);
        }
        return List.of(shardKey == null ? route.to(role) : route.to(role, key(session)));
    }

    private long key(Session session) {
        Object key = shardKey.resolve(session);
        if (key instanceof Number number) {
            return number.longValue();
        }
        try {
            return Long.parseLong(key.toString());
        } catch (NumberFormatException e) {
            throw new SqlCheckException("sql(\"" + request.name() + "\").shardKey(…) must be a whole number: " + key);
        }
    }

    private static String message(RuntimeException e) {
        return e instanceof SqlCheckException ? e.getMessage() : e.toString();
    }

    /** The request of one user. Whatever happens in here, the user goes on, and only once. */
    private final class Sending {
        private final Session session;
        private final long start;
        private final long startMillis;
        private final StageRecorder recorder;

        Sending(Session session) {
            this.session = session;
            this.start = Arrival.start(session);
            this.startMillis = nowMillis() + TimeUnit.NANOSECONDS.toMillis(start - System.nanoTime());
            this.recorder = components.recorders().of(session.scenario());
        }

        void begin() {
            recorder.begin(start);
            Object[][] values;
            List<NodePool> pools;
            try {
                values = resolve(session);
                pools = pools(session);
            } catch (RuntimeException e) {
                goOn(crashed(message(e)));
                return;
            }
            if (request.target().reach() == Reach.ONE_SHARD) {
                toOne(new PoolRequest(request, values, pools.get(0), recorder, start));
            } else {
                toEvery(pools.stream()
                        .map(pool -> new PoolRequest(request, values, pool, recorder, start))
                        .toList());
            }
        }

        private void toOne(PoolRequest sent) {
            if (session.eventLoop() instanceof UserLoop own) {
                goOn(guarded(() -> {
                    sent.on(own.connections());
                    return ended(sent);
                }));
                return;
            }
            try {
                sent.pool()
                        .execute(
                                start,
                                () -> goOn(guarded(() -> {
                                    sent.onPool();
                                    return ended(sent);
                                })));
            } catch (RejectedExecutionException e) {
                goOn(crashed(CLOSED));
            }
        }

        private void toEvery(List<PoolRequest> parts) {
            ScatterGather all = new ScatterGather(parts, start, over -> goOn(guarded(() -> ended(over))));
            if (session.eventLoop() instanceof UserLoop own) {
                all.send(own.connections());
            } else {
                all.send();
            }
        }

        /** What comes after this request is not called from in here: its failure would be taken for this request's. */
        private Session guarded(Supplier<Session> work) {
            try {
                return work.get();
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                return crashed(e.toString());
            }
        }

        private Session ended(PoolRequest sent) {
            return sent.failure() == null ? answered(sent.result(), sent.poolWait()) : failed(sent.failure());
        }

        private Session ended(ScatterGather all) {
            SqlFailure failure = all.failure(request.target().reach() == Reach.SHARDS_THAT_ANSWER);
            if (failure != null) {
                return failed(failure);
            }
            SqlResult result = all.result();
            recorder.partial(request.name(), start, result.missingShards());
            return answered(result, all.poolWait());
        }

        private Session answered(SqlResult result, long poolWait) {
            long end = System.nanoTime();
            io.gatling.javaapi.core.Session checked = new io.gatling.javaapi.core.Session(session);
            try {
                for (var check : request.checks()) {
                    checked = check.apply(result, checked);
                }
            } catch (RuntimeException e) {
                recorder.failed(request.name(), request.target().role(), start, SqlFailure.check(message(e)));
                return fail(session, startMillis, endMillis(end), "check", message(e));
            }
            recorder.succeeded(request.name(), request.target().role(), start, poolWait, end);
            return succeed(checked.asScala(), startMillis, endMillis(end));
        }

        private Session failed(SqlFailure why) {
            long end = System.nanoTime();
            recorder.failed(request.name(), request.target().role(), start, why);
            return fail(session, startMillis, endMillis(end), why.key(), why.summary());
        }

        /** A request that could not be made is a failed request everywhere. */
        private Session crashed(String message) {
            recorder.failed(request.name(), request.target().role(), start, SqlFailure.crash(message));
            return crash(session, message);
        }

        private long endMillis(long end) {
            return startMillis + TimeUnit.NANOSECONDS.toMillis(end - start);
        }
    }
}
