package distributedmysql.experiment.sharding.search;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.shard.Modulo;
import distributedmysql.shard.ShardMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers as three shards with these rows would give them, with something planted. */
class SearchCheckTest {
    private static final String PART = "bor";
    private static final int LIMIT = 10;

    private final GuildData data = new GuildData(1, 600, 20);
    private final ShardMap map = new ShardMap(1, new Modulo(3));
    private final List<List<Player>> tables = new ArrayList<>();
    private final List<Integer> dead = new ArrayList<>();

    @BeforeEach
    void load() {
        for (int shard = 0; shard < 3; shard++) {
            int here = shard;
            tables.add(new ArrayList<>(data.players().stream()
                    .filter(player -> map.shardOf(player.id()) == here)
                    .toList()));
            assertThat(matching(shard)).as("more than fit").hasSizeGreaterThan(LIMIT);
        }
    }

    @Test
    void valid() {
        CheckResult result = check();

        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("7 answers to 1 question had 210 rows");
    }

    @Test
    void missing() {
        Player player = matching(1).get(3);
        tables.get(1).remove(player);

        assertInvalid(player + " is missing on shard2 (in 7 answers); ");
    }

    @Test
    void doubled() {
        Player player = matching(1).get(3);
        tables.get(2).add(player);

        assertInvalid(player + " is on shard2, and on shard3 too (in 7 answers); ");
    }

    @Test
    void onTheWrongShard() {
        Player player = matching(1).get(3);
        tables.get(1).remove(player);
        tables.get(0).add(player);

        assertInvalid(player + " is on shard1 instead of shard2 (in 7 answers); ");
    }

    @Test
    @DisplayName("A stray row is named where its own shard does not answer, too")
    void strayOfADeadShard() {
        Player player = matching(1).get(0);
        tables.get(0).add(player);
        dead.add(1);

        assertInvalid(player + " is on shard1, and belongs to shard2 (in 7 answers); ");
    }

    @Test
    void changed() {
        Player player = matching(1).get(3);
        tables.get(1).remove(player);
        tables.get(1).add(new Player(player.id(), player.name(), 99));

        assertInvalid(player + " on shard2 is (" + player.name() + ", guild 99) instead of " + player.content()
                + " (in 7 answers); ");
    }

    @Test
    void neverLoaded() {
        tables.get(1).add(new Player(601, "aaabor", 1));

        assertInvalid("player 601 is on shard2, and was never loaded (in 7 answers); ");
    }

    @Test
    @DisplayName("What comes after as many rows as there may be is left out rightly")
    void limit() {
        List<Player> all = matching(1);
        tables.get(1).remove(all.get(all.size() - 1));

        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("An answer that says that a shard is missing has missed nothing; what the others have is judged")
    void partial() {
        dead.add(1);

        CheckResult result = check();
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence()).isEqualTo("7 answers to 1 question had 140 rows; 7 without shard2, as they say");

        Player player = matching(0).get(0);
        tables.get(0).remove(player);
        assertInvalid(player + " is missing on shard1 (in 7 answers); ");
    }

    @Test
    void nothing() {
        CheckResult result = SearchCheck.check(data, map, LIMIT, Map.of());

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).isEqualTo("0 answers to 0 questions had 0 rows");
    }

    private List<Player> matching(int shard) {
        return tables.get(shard).stream()
                .filter(player -> player.name().contains(PART))
                .sorted(Player.ORDER)
                .toList();
    }

    private CheckResult check() {
        List<Answer.Rows> shards = IntStream.range(0, 3)
                .mapToObj(shard -> dead.contains(shard)
                        ? new Answer.Rows(true, List.of())
                        : new Answer.Rows(
                                false, matching(shard).stream().limit(LIMIT).toList()))
                .toList();
        Map<Answer, Long> answers = new HashMap<>();
        answers.put(new Answer(PART, shards), 7L);
        return SearchCheck.check(data, map, LIMIT, answers);
    }

    private void assertInvalid(String evidence) {
        CheckResult result = check();
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).startsWith(evidence);
        assertThat(result.evidence().split(" \\(in ")).as(result.evidence()).hasSize(2);
    }
}
