package distributedmysql.experiment.sharding.routed;

import java.sql.SQLException;
import java.util.Map;

/** ShardingSphere-JDBC, which finds the shard in the statement. */
record SphereRouter(SphereSource source) implements Router {
    @Override
    public int write(int player, String text, Object... values) throws SQLException {
        return with(text, statement -> Router.update(statement, values));
    }

    @Override
    public <T> T read(int player, String text, Use<T> use) throws SQLException {
        return with(text, use);
    }

    @Override
    public Map<Integer, String> search(String text, String part) throws SQLException {
        return with(text, statement -> Router.states(statement, part));
    }

    @Override
    public long count(String text) throws SQLException {
        return with(text, Router::number);
    }

    private <T> T with(String text, Use<T> use) throws SQLException {
        try (var connection = source.connection();
                var statement = connection.prepareStatement(text)) {
            return use.of(statement);
        }
    }
}
