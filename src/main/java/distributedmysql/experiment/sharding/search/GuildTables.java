package distributedmysql.experiment.sharding.search;

import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The tables of players and guilds, shared out by the shard map, and a copy of both with all rows on the first shard: the one server
 * beside them. Thread-safe.
 */
final class GuildTables {
    private static final int BATCH = 1_000;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PLAYERS = "search_players";
    private static final String GUILDS = "guilds";
    private static final String ALL_PLAYERS = "one_server_players";
    private static final String ALL_GUILDS = "one_server_guilds";
    /** Without their database. */
    static final List<String> TABLES = List.of(PLAYERS, GUILDS, ALL_PLAYERS, ALL_GUILDS);

    private final Shards shards;
    private final String database;

    /** @param database its name, which is on every shard */
    GuildTables(Shards shards, String database) {
        this.shards = shards;
        this.database = database;
    }

    private String quoted(String table) {
        return MarkedDatabase.quoted(database) + "." + table;
    }

    /** By a part of the name, and the most rows. */
    String search() {
        return "SELECT player_id, name, guild_id FROM " + quoted(PLAYERS)
                + " WHERE name LIKE ? ORDER BY name, player_id LIMIT ?";
    }

    String player() {
        return "SELECT player_id, name, guild_id FROM " + quoted(PLAYERS) + " WHERE player_id = ?";
    }

    String guild() {
        return "SELECT guild_id, name FROM " + quoted(GUILDS) + " WHERE guild_id = ?";
    }

    /** Of one player, on the server that has all rows. */
    String joinOnOneServer() {
        return join(ALL_PLAYERS, ALL_GUILDS) + " WHERE p.player_id = ?";
    }

    /** Of all players, as if the tables were whole. */
    String joinOfAll() {
        return join(PLAYERS, GUILDS);
    }

    private String join(String players, String guilds) {
        return "SELECT p.player_id, p.name, p.guild_id, g.name FROM " + quoted(players) + " p JOIN " + quoted(guilds)
                + " g ON g.guild_id = p.guild_id";
    }

    /** Makes the tables anew, with all rows; returns when every replica has them. */
    void create(GuildData data) {
        List<TopologyException> failures = new ArrayList<>();
        for (ReplicaSet set : shards.all()) {
            attempt(
                    failures,
                    () -> fill(
                            set.primary(),
                            PLAYERS,
                            GUILDS,
                            here(data.players(), Player::id, set),
                            here(data.guilds(), Guild::id, set)));
        }
        attempt(
                failures,
                () -> fill(shards.all().get(0).primary(), ALL_PLAYERS, ALL_GUILDS, data.players(), data.guilds()));
        shards.all().forEach(set -> attempt(failures, () -> Replication.awaitConvergence(set, DEADLINE)));
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /** A shard that fails must not leave the others without their tables: they would look as if they were at fault. */
    private static void attempt(List<TopologyException> failures, Runnable step) {
        try {
            Ending.refuse("making the tables of the search");
            step.run();
        } catch (TopologyException e) {
            failures.add(e);
        }
    }

    private <T> List<T> here(List<T> rows, ToLongFunction<T> id, ReplicaSet set) {
        return rows.stream()
                .filter(row -> shards.of(id.applyAsLong(row)).equals(set))
                .toList();
    }

    private void fill(Node primary, String players, String guilds, List<Player> allPlayers, List<Guild> allGuilds) {
        Mysql.run(primary, "make " + quoted(players), session -> {
            session.use(database);
            make(
                    session,
                    players,
                    "player_id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL, guild_id BIGINT NOT NULL");
            make(session, guilds, "guild_id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL");
            insert(
                    session,
                    players,
                    "(?, ?, ?)",
                    allPlayers.stream()
                            .map(player -> List.<Object>of(player.id(), player.name(), player.guild()))
                            .toList());
            insert(
                    session,
                    guilds,
                    "(?, ?)",
                    allGuilds.stream()
                            .map(guild -> List.<Object>of(guild.id(), guild.name()))
                            .toList());
        });
    }

    private void make(Mysql session, String table, String columns) throws SQLException {
        session.execute("DROP TABLE IF EXISTS " + quoted(table));
        session.execute("CREATE TABLE " + quoted(table) + " (" + columns
                + ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
    }

    private void insert(Mysql session, String table, String row, List<List<Object>> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += BATCH) {
            List<List<Object>> batch = rows.subList(from, Math.min(from + BATCH, rows.size()));
            List<Object> values = new ArrayList<>();
            batch.forEach(values::addAll);
            session.execute(
                    "INSERT INTO " + quoted(table) + " VALUES "
                            + String.join(", ", Collections.nCopies(batch.size(), row)),
                    values.toArray());
        }
    }
}
