package distributedmysql.gatling.internal;

import distributedmysql.load.ShardAnswer;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.SqlResult;
import distributedmysql.load.UserConnections;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A request to every shard at once: its parts run side by side on the threads of their pools, and it is over when the last one has
 * been answered or has failed. Who looks at it then sees what all of them brought back.
 */
final class ScatterGather {
    private final List<PoolRequest> parts;
    private final long start;
    private final Consumer<ScatterGather> whenOver;
    private final long[] nanos;
    private final AtomicInteger underWay;

    /**
     * @param parts one for each shard, in their order
     * @param start the intended one, of {@link System#nanoTime()}
     * @param whenOver is called once, by the thread of the last part
     */
    ScatterGather(List<PoolRequest> parts, long start, Consumer<ScatterGather> whenOver) {
        this.parts = parts;
        this.start = start;
        this.whenOver = whenOver;
        this.nanos = new long[parts.size()];
        this.underWay = new AtomicInteger(parts.size());
    }

    /** Does not block. */
    void send() {
        for (int shard = 0; shard < parts.size(); shard++) {
            handOver(shard, null);
        }
    }

    /**
     * The same for a user who keeps connections, and has a thread to itself: this one, which sends the first part. Others have no
     * connections to spare for it, because it may hold one of each pool.
     */
    void send(UserConnections own) {
        for (int shard = 1; shard < parts.size(); shard++) {
            handOver(shard, own);
        }
        run(0, own);
    }

    private void handOver(int shard, UserConnections own) {
        try {
            parts.get(shard).pool().execute(start, () -> run(shard, own));
        } catch (RejectedExecutionException e) {
            parts.get(shard).crashed(SqlAction.CLOSED);
            ended(shard);
        }
    }

    private void run(int shard, UserConnections own) {
        PoolRequest part = parts.get(shard);
        try {
            if (own == null) {
                part.onPool();
            } else {
                part.on(own);
            }
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            // Whatever happens here, the user is waiting for it.
            part.crashed(e.toString());
        }
        ended(shard);
    }

    private void ended(int shard) {
        nanos[shard] = System.nanoTime() - start;
        if (underWay.decrementAndGet() == 0) {
            whenOver.accept(this);
        }
    }

    /** All rows together. */
    SqlResult result() {
        List<ShardAnswer> answers = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int shard = 0; shard < parts.size(); shard++) {
            PoolRequest part = parts.get(shard);
            List<Map<String, Object>> ofShard =
                    part.failure() == null ? part.result().rows() : List.of();
            answers.add(new ShardAnswer(Shards.name(shard), ofShard, start, nanos[shard], part.failure()));
            rows.addAll(ofShard);
        }
        return new SqlResult(rows, 0, answers);
    }

    /** The longest wait for a connection. */
    long poolWait() {
        return parts.stream().mapToLong(PoolRequest::poolWait).max().orElseThrow();
    }

    /** Of the first shard that failed, with the names of all that did; null if there is an answer. */
    SqlFailure failure(boolean allowPartial) {
        List<Integer> failed = new ArrayList<>();
        for (int shard = 0; shard < parts.size(); shard++) {
            if (parts.get(shard).failure() != null) {
                failed.add(shard);
            }
        }
        if (failed.isEmpty() || (allowPartial && failed.size() < parts.size())) {
            return null;
        }
        SqlFailure first = parts.get(failed.get(0)).failure();
        String names = failed.stream().map(Shards::name).collect(Collectors.joining(", "));
        return parts.size() == 1
                ? first
                : new SqlFailure(first.sqlState(), first.code(), first.outcome(), names + ": " + first.firstLine());
    }
}
