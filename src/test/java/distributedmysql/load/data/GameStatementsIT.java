package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.DataSettings;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GameStatementsIT {
    private static final String DATABASE = "distributed_mysql_test_statements_it";
    private static final DataSettings SETTINGS = new DataSettings(DATABASE, 11, 0.005, 500);
    private static final GameData DATA = new GameData(SETTINGS);
    private static final GameFeeder FEEDER = new GameFeeder(DATA);

    private static ReplicaSet replicaSet;

    private final GameStatements statements = new GameStatements(DATABASE);

    @BeforeAll
    static void load() {
        replicaSet = TestServers.shared();
        new DataLoader(Shards.only(replicaSet), SETTINGS, line -> {}).load();
    }

    @AfterAll
    static void removeDatabase() {
        new MarkedDatabase(replicaSet, DATABASE).remove();
    }

    /** After every test, whatever it wrote. */
    @AfterEach
    void everyRowIsIntactOnEveryNode() throws SQLException {
        awaitReplicas();
        for (Node node : replicaSet.nodes()) {
            for (Table table : GameSchema.TABLES) {
                String all = "SELECT * FROM " + DATABASE + "." + table.name();
                try (Connection connection = node.connect();
                        Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery(all)) {
                    while (result.next()) {
                        Row row = Row.read(table, result);
                        assertThat(row.isIntact())
                                .as("%s on %s: %s", table.name(), node, row)
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void everyOperationRunsPreparedByServerOrClient(String serverPrepared) throws SQLException {
        try (Connection connection = replicaSet.primary().connect(Map.of("useServerPrepStmts", serverPrepared))) {
            for (Share share : statements.mixed()) {
                Map<String, Object> values = values(share.operation());
                for (SqlStatement statement : share.operation().statements()) {
                    int rows = execute(connection, statement, values);
                    assertThat(rows).as(statement.name()).isPositive();
                    assertThat(share.operation().reads() || rows == 1).isTrue();
                }
            }
        }
    }

    @Test
    void everyStatementAlsoRunsWithItsValuesInTheText() throws SQLException {
        try (Connection connection = replicaSet.primary().connect();
                Statement statement = connection.createStatement()) {
            for (Share share : statements.mixed()) {
                Map<String, Object> values = values(share.operation());
                for (SqlStatement sql : share.operation().statements()) {
                    boolean reads = statement.execute(withValues(sql, values));
                    assertThat(reads).isEqualTo(share.operation().reads());
                    assertThat(reads || statement.getUpdateCount() == 1)
                            .as(sql.name())
                            .isTrue();
                }
            }
        }
    }

    /** Whatever the driver and the server's session believe; every row is read in UTC after each test. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aTimeIsStoredAsFedInEveryTimeZone(String serverPrepared) throws SQLException {
        Map<String, String> elsewhere = Map.of(
                "connectionTimeZone", "+09:00",
                "forceConnectionTimeZoneToSession", "true",
                "useServerPrepStmts", serverPrepared);
        Map<String, Object> values = values(statements.insertGameLog());
        try (Connection connection = replicaSet.primary().connect(elsewhere)) {
            execute(connection, statements.insertGameLog().statement(), values);
        }

        assertThat(texts("SELECT CAST(created_at AS CHAR) FROM " + DATABASE + ".game_logs WHERE log_id = "
                        + values.get("logId")))
                .containsExactly((String) values.get("createdAt"));
    }

    @Test
    void aPlayerIsReadAsGeneratedOnTheReplicaToo() throws SQLException {
        for (Node node : replicaSet.nodes()) {
            try (Connection connection = node.connect();
                    PreparedStatement statement = prepare(
                            connection, statements.selectInventoryOfPlayer().statement(), Map.of("playerId", 7L));
                    ResultSet result = statement.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(Row.read(GameSchema.INVENTORY, result));
                }
                List<Row> generated = IntStream.rangeClosed(1, (int) DATA.rows(GameSchema.INVENTORY))
                        .mapToObj(n -> DATA.row(GameSchema.INVENTORY, n))
                        .filter(row -> row.content().get(1).equals(7L))
                        .toList();
                assertThat(rows).startsWith(generated.toArray(new Row[0]));
            }
        }
    }

    @Test
    void goldBecomesTheFedValue() throws SQLException {
        Map<String, Object> values = values(statements.updatePlayerGold());
        try (Connection connection = replicaSet.primary().connect()) {
            execute(connection, statements.updatePlayerGold().statement(), values);
        }

        assertThat(gold(values)).isEqualTo(values.get("gold"));
    }

    @Test
    void aPurchaseChangesAllThreeTablesOrNone() throws SQLException {
        Map<String, Object> values = values(statements.purchase());
        long before = gold(values);
        try (Connection connection = replicaSet.primary().connect()) {
            connection.setAutoCommit(false);
            for (SqlStatement statement : statements.purchase().statements()) {
                execute(connection, statement, values);
            }
            connection.rollback();
            assertThat(bought(values)).isEmpty();
            assertThat(logged(values)).isEmpty();
            assertThat(gold(values)).isEqualTo(before);

            for (SqlStatement statement : statements.purchase().statements()) {
                execute(connection, statement, values);
            }
            connection.commit();
        }

        assertThat(gold(values)).isEqualTo(values.get("gold")).isNotEqualTo(before);
        assertThat(bought(values)).containsExactly(values.get("itemId") + " " + values.get("quantity"));
        assertThat(logged(values)).containsExactly("purchase " + values.get("purchaseDetail"));
    }

    @Test
    void concurrentPurchasesNeverCollide() throws Exception {
        Callable<Void> user = () -> {
            try (Connection connection = replicaSet.primary().connect()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < 25; i++) {
                    Map<String, Object> values = values(statements.purchase());
                    for (SqlStatement statement : statements.purchase().statements()) {
                        execute(connection, statement, values);
                    }
                    connection.commit();
                }
            }
            return null;
        };
        ExecutorService users = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> ended :
                    users.invokeAll(IntStream.range(0, 8).mapToObj(i -> user).toList())) {
                ended.get();
            }
        } finally {
            users.shutdownNow();
        }
    }

    @Test
    void readsUseTheirIndex() throws SQLException {
        assertThat(plan(statements.selectPlayer().statement())).isEqualTo("const PRIMARY");
        assertThat(plan(statements.selectInventoryOfPlayer().statement())).isEqualTo("ref player_id");
        assertThat(plan(statements.selectTopPlayersInRange().statement())).isEqualTo("range PRIMARY");
    }

    @Test
    void anUpdateUsesThePrimaryKeyAlsoWithItsValuesInTheText() throws SQLException {
        SqlStatement update = statements.updatePlayerGold().statement();
        String text = withValues(update, values(statements.updatePlayerGold()));

        assertThat(plan(update)).isEqualTo("range PRIMARY");
        assertThat(plan(new SqlStatement(update.name(), text, List.of()))).isEqualTo("range PRIMARY");
    }

    private static Map<String, Object> values(SqlOperation operation) {
        return FEEDER.forOperation(operation).next();
    }

    private static String withValues(SqlStatement sql, Map<String, Object> values) {
        String text = sql.withExpressions();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.replace("#{" + value.getKey() + "}", value.getValue().toString());
        }
        assertThat(text).doesNotContain("#");
        return text;
    }

    private String plan(SqlStatement sql) throws SQLException {
        Map<String, Object> values = values(new SqlOperation(sql.name(), true, List.of(sql)));
        SqlStatement explain =
                new SqlStatement(sql.name(), "EXPLAIN FORMAT=TRADITIONAL " + sql.text(), sql.parameters());
        try (Connection connection = replicaSet.primary().connect();
                PreparedStatement statement = prepare(connection, explain, values);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString("type") + " " + row.getString("key");
        }
    }

    private long gold(Map<String, Object> values) throws SQLException {
        try (Connection connection = replicaSet.primary().connect();
                PreparedStatement statement =
                        prepare(connection, statements.selectPlayer().statement(), values);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong("gold");
        }
    }

    private List<String> bought(Map<String, Object> values) {
        return texts("SELECT CONCAT(item_id, ' ', quantity) FROM " + DATABASE + ".inventory WHERE inventory_id = "
                + values.get("inventoryId") + " AND player_id = " + values.get("playerId"));
    }

    private List<String> logged(Map<String, Object> values) {
        return texts("SELECT CONCAT(event, ' ', detail) FROM " + DATABASE + ".game_logs WHERE log_id = "
                + values.get("logId") + " AND player_id = " + values.get("playerId"));
    }

    private static List<String> texts(String sql) {
        return Mysql.texts(replicaSet.primary(), sql);
    }

    /** Rows read or changed. */
    private static int execute(Connection connection, SqlStatement sql, Map<String, Object> values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            if (!statement.execute()) {
                return statement.getUpdateCount();
            }
            int rows = 0;
            try (ResultSet result = statement.getResultSet()) {
                while (result.next()) {
                    rows++;
                }
            }
            return rows;
        }
    }

    private static PreparedStatement prepare(Connection connection, SqlStatement sql, Map<String, Object> values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        for (int i = 0; i < sql.parameters().size(); i++) {
            statement.setObject(i + 1, values.get(sql.parameters().get(i)));
        }
        return statement;
    }

    private static void awaitReplicas() {
        Replication.awaitConvergence(replicaSet, java.time.Duration.ofMinutes(1));
    }
}
