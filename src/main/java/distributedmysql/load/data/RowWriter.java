package distributedmysql.load.data;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Shards;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes rows of the game, each to the primary of its player's shard, over a connection to each. Not thread-safe. */
final class RowWriter implements AutoCloseable {
    private final Shards shards;
    private final String database;
    private final Connection[] connections;

    /** @param database is there already */
    RowWriter(Shards shards, String database) {
        this.shards = shards;
        this.database = database;
        this.connections = new Connection[shards.all().size()];
    }

    /**
     * One insert for each shard that some of the rows belong to.
     *
     * @return how many were written to each
     * @throws TopologyException if a server refuses
     */
    long[] write(Table table, Stream<Row> rows) {
        List<List<Row>> ofShards = new ArrayList<>();
        shards.all().forEach(shard -> ofShards.add(new ArrayList<>()));
        int player = GameSchema.playerColumn(table);
        rows.forEach(row -> ofShards.get(
                        shards.map().shardOf((Long) row.content().get(player)))
                .add(row));
        long[] written = new long[ofShards.size()];
        for (int shard = 0; shard < written.length; shard++) {
            written[shard] = ofShards.get(shard).size();
            if (written[shard] > 0) {
                insert(shard, table, ofShards.get(shard));
            }
        }
        return written;
    }

    private void insert(int shard, Table table, List<Row> rows) {
        Node primary = shards.all().get(shard).primary();
        try (PreparedStatement statement =
                connection(shard, primary).prepareStatement(table.insertStatement(MarkedDatabase.quoted(database)))) {
            for (Row row : rows) {
                int column = 1;
                for (Object value : row.content()) {
                    statement.setObject(column++, value);
                }
                statement.setString(column, row.md5());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw Mysql.failure(primary, "load database " + database, e);
        }
    }

    private Connection connection(int shard, Node primary) throws SQLException {
        if (connections[shard] == null) {
            // Makes one multi-row INSERT of a batch, which saves a round trip per row.
            connections[shard] = primary.connectForLoad(Map.of("rewriteBatchedStatements", "true"));
            connections[shard].setCatalog(database);
        }
        return connections[shard];
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            if (connection != null) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    // All that was to be written has been acknowledged, or its failure is told.
                }
            }
        }
    }
}
