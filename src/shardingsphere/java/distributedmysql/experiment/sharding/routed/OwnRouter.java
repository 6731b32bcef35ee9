package distributedmysql.experiment.sharding.routed;

import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.Route;
import distributedmysql.topology.Role;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Ours, which is told the key; a request to every shard goes to all of them at once. */
record OwnRouter(Route route) implements Router {
    @Override
    public int write(int player, String text, Object... values) throws SQLException {
        return with(route.to(Role.PRIMARY, player), text, statement -> Router.update(statement, values));
    }

    @Override
    public <T> T read(int player, String text, Use<T> use) throws SQLException {
        return with(route.to(Role.REPLICA, player), text, use);
    }

    @Override
    public Map<Integer, String> search(String text, String part) throws SQLException {
        Map<Integer, String> all = new TreeMap<>();
        everywhere(text, statement -> Router.states(statement, part)).forEach(all::putAll);
        return all;
    }

    @Override
    public long count(String text) throws SQLException {
        return everywhere(text, Router::number).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The first part on this thread, the others on those of their pools. */
    private <T> List<T> everywhere(String text, Use<T> use) throws SQLException {
        List<NodePool> pools = route.toEvery(Role.REPLICA);
        List<CompletableFuture<T>> others = new ArrayList<>();
        for (NodePool pool : pools.subList(1, pools.size())) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            others.add(answer);
            pool.execute(System.nanoTime(), () -> {
                try {
                    answer.complete(with(pool, text, use));
                } catch (SQLException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        List<T> all = new ArrayList<>(List.of(with(pools.get(0), text, use)));
        others.forEach(other -> all.add(other.join()));
        return all;
    }

    private static <T> T with(NodePool pool, String text, Use<T> use) throws SQLException {
        HeldConnection connection = pool.take();
        boolean answered = false;
        try {
            connection.setAutoCommit(true);
            T result = use.of(connection.statement(text));
            answered = true;
            return result;
        } finally {
            if (answered) {
                pool.keep(connection);
            } else {
                connection.close();
            }
        }
    }
}
