package distributedmysql.experiment.sharding.search;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.sharding.search.SearchSettings.DeadShard;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.ShardedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On three real shards: as loaded, then with rows that somebody has damaged, then with a shard whose servers are dead. */
@OwnServers(shards = 3)
class SearchIT {
    private static final String DATABASE = TestServers.settings().data().database();
    private static final GuildData DATA = new GuildData(1, 2_000, 50);

    private static Shards shards;
    private static GuildTables tables;
    private static PlayedSearches whole;
    private static JoinsRecord joins;
    private static PlayedSearches damaged;
    private static JoinsRecord damagedJoins;
    private static PlayedSearches dead;
    private static PlayedSearches partial;

    private static Player deleted;
    private static Player doubled;
    private static Player moved;
    private static Player changed;
    private static int changedGuild;

    @BeforeAll
    static void play(Deployment deployment) {
        shards = deployment.shards();
        new ShardedDatabase(shards, DATABASE).prepare();
        tables = new GuildTables(shards, DATABASE);
        tables.create(DATA);
        whole = searches(300, DeadShard.ERROR);
        try (ConnectionPools pools =
                new ConnectionPools(shards, DATABASE, TestServers.settings().connection(), null)) {
            JoinClient client = new JoinClient(shards, pools, tables);
            joins = JoinsRecord.play(client, DATA, 200, 1);
            plant();
            damaged = searches(300, DeadShard.ERROR);
            JoinsRecord all = JoinsRecord.play(client, DATA, 1, 1);
            damagedJoins = new JoinsRecord(
                    List.of(deleted, doubled, moved, changed).stream()
                            .map(player -> client.acrossShards(player.id()))
                            .toList(),
                    all.onOneServer(),
                    all.onOneShard());
        }
        for (Node node : shards.all().get(1).nodes()) {
            node.control().orElseThrow().kill();
        }
        dead = searches(10, DeadShard.ERROR);
        partial = searches(10, DeadShard.PARTIAL);
    }

    private static PlayedSearches searches(int rate, DeadShard deadShard) {
        return PlayedSearches.play(shards, DATA, tables, DATABASE, rate, deadShard);
    }

    private static void plant() {
        // Both belong to one shard, so that the join there has them.
        deleted = one(player -> home(player) == 0 && guildHome(player) == 0);
        moved = one(player -> home(player) == 1 && guildHome(player) == 1);
        changed = one(player -> home(player) == 2 && guildHome(player) == 2);
        doubled = one(player -> home(player) == 0 && guildHome(player) == 2);
        changedGuild = (int) DATA.guilds().stream()
                .filter(guild -> shards.map().shardOf(guild.id()) == 2 && guild.id() != changed.guild())
                .findFirst()
                .orElseThrow()
                .id();
        on(0, "DELETE FROM search_players WHERE player_id = " + deleted.id());
        on(1, "DELETE FROM search_players WHERE player_id = " + moved.id());
        on(0, "INSERT INTO search_players VALUES (" + values(moved) + ")");
        on(2, "INSERT INTO search_players VALUES (" + values(doubled) + ")");
        on(2, "UPDATE search_players SET guild_id = " + changedGuild + " WHERE player_id = " + changed.id());
        shards.all().forEach(set -> Replication.awaitConvergence(set, Duration.ofSeconds(30)));
    }

    /** One that some search looks for. */
    private static Player one(Predicate<Player> wanted) {
        List<String> parts = SearchLoad.parts(PlayedSearches.SEED);
        return DATA.players().stream()
                .filter(wanted)
                .filter(player -> parts.stream().anyMatch(player.name()::contains))
                .findFirst()
                .orElseThrow();
    }

    private static int home(Player player) {
        return shards.map().shardOf(player.id());
    }

    private static int guildHome(Player player) {
        return shards.map().shardOf(player.guild());
    }

    private static String values(Player player) {
        return player.id() + ", '" + player.name() + "', " + player.guild();
    }

    private static void on(int shard, String statement) {
        Mysql.execute(
                shards.all().get(shard).primary(), statement.replace("search_players", DATABASE + ".search_players"));
    }

    @Test
    void searchesOfAllShards() {
        assertThat(whole.check().verdict()).as(whole.check().evidence()).isEqualTo(Verdict.VALID);
        assertThat(whole.scatter().failed()).isZero();
        assertThat(whole.scatter().searches())
                .as("as many as the stage counts, and not those of the warm-up")
                .isEqualTo(whole.steady().all().count())
                .isBetween(850L, 950L);
        assertThat(whole.scatter().predictedMicros()).isNotNull();
        assertThat(whole.scatter().shards())
                .hasSize(3)
                .allSatisfy(shard -> assertThat(shard.latencyMicros().max())
                        .isLessThanOrEqualTo(whole.scatter().latencyMicros().max()));
        assertThat(whole.scatter().shards().stream()
                        .mapToLong(SearchSection.ShardLatency::slowest)
                        .sum())
                .isEqualTo(whole.scatter().searches());
    }

    @Test
    @DisplayName("Joins by the client are right; the same SQL on one shard misses some two thirds, and nobody is told")
    void joinsAcrossShards() {
        CheckResult result = JoinsCheck.check(DATA, shards.map(), joins.acrossShards(), joins.onOneServer());
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        CheckResult control = OneShardCheck.check(DATA, shards.map(), joins.onOneShard());
        assertThat(control.verdict()).as(control.evidence()).isEqualTo(Verdict.VALID);
        SearchSection.Joins section = joins.section(DATA);
        assertThat(section.missedByAll()).isBetween(1_000L, 1_700L);
        assertThat(section.onOneShard())
                .hasSize(3)
                .allSatisfy(shard -> assertThat(shard.missed()).isGreaterThan(1_000));
        assertThat(section.acrossShards().latencyMicros()).isNotNull();
        assertThat(section.missedByAll()).isNotNull();
    }

    @Test
    @DisplayName(
            "A row that was deleted, doubled, moved to the wrong shard or changed is named by each check that reads it")
    void planted() {
        String other = "(" + changed.name() + ", guild " + changedGuild + ") ";
        assertInvalid(
                damaged.check(),
                deleted + " is missing on shard1 ",
                moved + " is on shard1 instead of shard2 ",
                doubled + " is on shard1, and on shard3 too ",
                changed + " on shard3 is " + other + "instead of " + changed.content() + " ");
        assertInvalid(
                JoinsCheck.check(DATA, shards.map(), damagedJoins.acrossShards(), damagedJoins.onOneServer()),
                deleted + " is missing on shard1; ",
                moved + " is missing on shard2; ",
                changed + " on shard3 is " + other + "instead of " + changed.content() + "; ");
        assertInvalid(
                OneShardCheck.check(DATA, shards.map(), damagedJoins.onOneShard()),
                deleted + " and its guild " + deleted.guild() + " belong to shard1, whose join lacks them; ",
                moved + " and its guild " + moved.guild() + " belong to shard2, whose join lacks them; ",
                doubled + " (of shard1) and its guild " + doubled.guild() + " (of shard3) are both on shard3; ",
                changed + " on shard3 is " + other);
    }

    private static void assertInvalid(CheckResult result, String... findings) {
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains(findings).doesNotContain(" more; ");
    }

    @Test
    @DisplayName("Without one shard's servers every search fails, and names that shard")
    void deadShardIsAnError() {
        assertThat(dead.scatter().searches()).isZero();
        assertThat(dead.scatter().failed()).isGreaterThan(20);
        assertThat(dead.failures())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure.message()).startsWith("shard2: "));
        assertThat(dead.check().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    @DisplayName(
            "Where it is allowed, the others' rows are a partial answer, which says so; rows on the wrong shard are named all the same")
    void deadShardIsAPartialAnswer() {
        long searches = partial.scatter().searches();
        assertThat(partial.scatter().failed()).isZero();
        assertThat(searches).isGreaterThan(20);
        assertThat(partial.scatter().shards().get(1).missing()).isEqualTo(searches);
        assertThat(searches).isEqualTo(partial.steady().all().count());
        assertThat(partial.scatter().latencyMicros()).isNull();
        assertThat(partial.check().evidence()).containsPattern("; \\d+ without shard2, as they say$");
    }
}
