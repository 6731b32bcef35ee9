package distributedmysql.experiment.sharding.search;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.sharding.search.SearchSection.OneShard;
import distributedmysql.shard.Modulo;
import distributedmysql.shard.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JoinChecksTest {
    private final GuildData data = new GuildData(1, 600, 20);
    private final ShardMap map = new ShardMap(1, new Modulo(3));
    private final Player player = data.player(17).orElseThrow();
    private final Guild guild = data.guild(player.guild()).orElseThrow();
    private final String shard = "shard" + (map.shardOf(17) + 1);
    private final String guildShard = "shard" + (map.shardOf(guild.id()) + 1);
    private final List<Joined> acrossShards = new ArrayList<>();
    private final List<Joined> onOneServer = new ArrayList<>();
    private final List<OneShardJoin> onOneShard = new ArrayList<>();

    @BeforeEach
    void play() {
        acrossShards.add(new Joined(17, player, guild, null, 1));
        onOneServer.add(new Joined(17, player, guild, null, 1));
        for (int i = 0; i < 3; i++) {
            int here = i;
            onOneShard.add(OneShardJoin.of(new ArrayList<>(data.players().stream()
                    .filter(one -> map.shardOf(one.id()) == here && map.shardOf(one.guild()) == here)
                    .map(this::row)
                    .toList())));
        }
    }

    private OneShardJoin.Row row(Player one) {
        return new OneShardJoin.Row(one, data.guild(one.guild()).orElseThrow().name());
    }

    @Test
    void valid() {
        CheckResult result = joins();

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("joins across shards: 1, on one server: 1");
    }

    @Test
    void playerMissing() {
        acrossShards.set(0, new Joined(17, null, null, null, 1));

        assertInvalid(joins(), "player 17 is missing on " + shard + "; ");
    }

    @Test
    void playerChanged() {
        acrossShards.set(0, new Joined(17, new Player(17, "x", player.guild()), guild, null, 1));

        assertInvalid(
                joins(),
                "player 17 on " + shard + " is (x, guild " + guild.id() + ") instead of " + player.content() + "; ");
    }

    @Test
    void guildMissing() {
        acrossShards.set(0, new Joined(17, player, null, null, 1));

        assertInvalid(joins(), guild + " of player 17 is missing on " + guildShard + "; ");
    }

    @Test
    void guildChanged() {
        acrossShards.set(0, new Joined(17, player, new Guild(guild.id(), "x"), null, 1));

        assertInvalid(joins(), guild + " on " + guildShard + " is x instead of " + guild.name() + "; ");
    }

    @Test
    void oneServerIsJudgedToo() {
        onOneServer.set(0, new Joined(17, null, null, null, 1));

        assertInvalid(joins(), "player 17 is not joined as it was loaded on the server that has all rows; ");
    }

    @Test
    void aJoinThatFailsProvesNothing() {
        acrossShards.add(new Joined(18, null, null, "Communications link failure", 1));

        CheckResult result = joins();
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence())
                .isEqualTo("joins across shards: 2, on one server: 1, 1 failed: Communications link failure");
    }

    private CheckResult joins() {
        return JoinsCheck.check(data, map, acrossShards, onOneServer);
    }

    @Test
    @DisplayName("What the join's SQL misses on one shard is what must be missing there")
    void control() {
        int found = onOneShard.stream().mapToInt(join -> join.rows().size()).sum();

        CheckResult result = oneShard();

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .startsWith("without an error, the join's SQL gives "
                        + onOneShard.get(0).rows().size() + " on shard1, ")
                .endsWith(" of 600 rows; " + (600 - found) + " are on none");
        assertThat(found).isBetween(100, 300);
    }

    @Test
    void controlWithARowTooFew() {
        Player here = onOneShard.get(1).rows().remove(0).player();

        assertInvalid(
                oneShard(),
                here + " and its guild " + here.guild() + " belong to shard2, whose join lacks them; without an error");
    }

    @Test
    void controlWithARowTooMany() {
        Player foreign = data.players().stream()
                .filter(one -> map.shardOf(one.id()) == 0 && map.shardOf(one.guild()) == 1)
                .findFirst()
                .orElseThrow();
        onOneShard.get(1).rows().add(row(foreign));

        assertInvalid(
                oneShard(),
                foreign + " (of shard1) and its guild " + foreign.guild()
                        + " (of shard2) are both on shard2; without an error");
    }

    @Test
    void controlWithAChangedRow() {
        Player here = onOneShard.get(1).rows().remove(0).player();
        onOneShard.get(1).rows().add(new OneShardJoin.Row(here, "x"));

        assertInvalid(oneShard(), here + " on shard2 is " + here.content() + " in x instead of ");
    }

    @Test
    @DisplayName("A shard that gives no answer makes the control unknown, and keeps nothing else from the report")
    void controlWithoutAnAnswer() {
        onOneShard.set(1, new OneShardJoin(List.of(), "shard2-node2: connection refused"));

        CheckResult result = oneShard();
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence())
                .startsWith("shard2 gave no answer: shard2-node2: connection refused; without an error, ")
                .doesNotContain(" on shard2");
        SearchSection.Joins section = new JoinsRecord(acrossShards, onOneServer, onOneShard).section(data);
        assertThat(section.acrossShards().latencyMicros()).isNotNull();
        assertThat(section.onOneServer().latencyMicros()).isNotNull();
        assertThat(section.onOneShard())
                .hasSize(3)
                .extracting(OneShard::reason)
                .containsOnlyOnce(onOneShard.get(1).failure());
        assertThat(section.missedByAll()).isNull();
    }

    @Test
    void controlThatMissesNothing() {
        ShardMap one = new ShardMap(1, new Modulo(1));
        List<OneShardJoin> whole =
                List.of(OneShardJoin.of(data.players().stream().map(this::row).toList()));

        CheckResult result = OneShardCheck.check(data, one, whole);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).endsWith("600 on shard1 of 600 rows; 0 are on none");
    }

    @Test
    void theFirstFewFindingsAreShown() {
        onOneShard.get(1).rows().clear();

        assertThat(oneShard().evidence()).contains("; and " + (lacking() - 5) + " more; without an error");
    }

    private long lacking() {
        return IntStream.rangeClosed(1, 600)
                .filter(id -> map.shardOf(id) == 1
                        && map.shardOf(data.player(id).orElseThrow().guild()) == 1)
                .count();
    }

    private CheckResult oneShard() {
        return OneShardCheck.check(data, map, onOneShard);
    }

    private static void assertInvalid(CheckResult result, String evidence) {
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith(evidence);
    }
}
