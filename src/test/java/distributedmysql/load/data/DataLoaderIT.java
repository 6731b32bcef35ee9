package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.DataSettings;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataLoaderIT {
    private static final String DATABASE = "distributed_mysql_test_loader_it";
    private static final double SCALE = 0.05;

    private final ReplicaSet replicaSet = TestServers.shared();

    @AfterEach
    void removeDatabase() {
        new MarkedDatabase(replicaSet, DATABASE).remove();
    }

    @Test
    void everyRowIsIntactAndAsGeneratedOnEveryNode() throws Exception {
        DataLoader.Loaded loaded = load(7, 250);

        GameData data = new GameData(7, SCALE);
        assertThat(loaded.rows()).isEqualTo(6_000).isEqualTo(data.totalRows());
        for (Node node : replicaSet.nodes()) {
            for (Table table : GameSchema.TABLES) {
                List<Row> rows = rows(node, table);
                assertThat(rows).as("%s on %s", table.name(), node).hasSize((int) data.rows(table));
                for (int i = 0; i < rows.size(); i++) {
                    assertThat(rows.get(i)).isEqualTo(data.row(table, i + 1));
                }
                assertThat(rows).allMatch(Row::isIntact);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws Exception {
        load(7, 250);
        List<String> first = digests();
        assertThat(first.subList(0, 3)).as("primary and replica").isEqualTo(first.subList(3, 6));

        load(7, 33);
        assertThat(digests()).as("loaded again, in other batches").isEqualTo(first);

        load(8, 250);
        assertThat(digests()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void aDamagedRowIsSeen() throws Exception {
        load(7, 250);
        Node primary = replicaSet.primary();
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE " + DATABASE + ".players SET gold = gold + 1 WHERE player_id = 5");
            // The same characters, and an empty text for NULL: what a plain concatenation would not notice.
            statement.execute("UPDATE " + DATABASE + ".game_logs SET detail = IF(detail IS NULL, '', NULL)"
                    + " WHERE log_id BETWEEN 10 AND 19");
        }

        assertThat(damagedRows(primary, GameSchema.PLAYERS)).containsExactly(5L);
        assertThat(damagedRows(primary, GameSchema.GAME_LOGS))
                .containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
        assertThat(damagedRows(primary, GameSchema.INVENTORY)).isEmpty();
    }

    @Test
    void aFailedLoadNamesNodeAndDatabase() {
        DataSettings tooLong = new DataSettings("x".repeat(65), 1, SCALE, 100);

        assertThatThrownBy(() -> new DataLoader(Shards.only(replicaSet), tooLong, line -> {}).load())
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(replicaSet.primary().toString())
                .hasMessageContaining(tooLong.database())
                .hasMessageContaining("1059");
    }

    @Test
    void progressEndsWithWhatWasLoadedHowFast() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        DataSettings settings = new DataSettings(DATABASE, 7, SCALE, 100);

        new DataLoader(Shards.only(replicaSet), settings, lines::add).load();

        assertThat(lines).anyMatch(line -> line.startsWith("data: players 1,000 of 1,000, "));
        assertThat(lines.get(lines.size() - 1))
                .matches("data: 6,000 rows in .* rows/s\\), on every replica .* s later");
    }

    private DataLoader.Loaded load(long seed, int batchSize) {
        DataSettings settings = new DataSettings(DATABASE, seed, SCALE, batchSize);
        return new DataLoader(Shards.only(replicaSet), settings, line -> {}).load();
    }

    private static List<Row> rows(Node node, Table table) throws Exception {
        String sql = "SELECT * FROM " + DATABASE + "." + table.name() + " ORDER BY " + table.primaryKey();
        List<Row> rows = new ArrayList<>();
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(Row.read(table, result));
            }
        }
        return rows;
    }

    /** Their keys. */
    private static List<Object> damagedRows(Node node, Table table) throws Exception {
        return rows(node, table).stream()
                .filter(row -> !row.isIntact())
                .map(row -> row.content().get(0))
                .toList();
    }

    /** SHA-256 over the bytes of all columns as the server sends them; per node and table. */
    private List<String> digests() throws Exception {
        List<String> digests = new ArrayList<>();
        for (Node node : replicaSet.nodes()) {
            for (Table table : GameSchema.TABLES) {
                digests.add(digest(node, table));
            }
        }
        return digests;
    }

    private static String digest(Node node, Table table) throws Exception {
        String sql = "SELECT * FROM " + DATABASE + "." + table.name() + " ORDER BY " + table.primaryKey();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    byte[] bytes = rows.getBytes(column);
                    String length = bytes == null ? "NULL" : bytes.length + ":";
                    digest.update(length.getBytes(StandardCharsets.US_ASCII));
                    digest.update(bytes == null ? new byte[0] : bytes);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
