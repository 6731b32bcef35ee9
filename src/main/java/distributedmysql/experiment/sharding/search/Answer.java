package distributedmysql.experiment.sharding.search;

import distributedmysql.load.ShardAnswer;
import distributedmysql.load.SqlResult;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one search brought back.
 *
 * @param part of the names that were looked for
 * @param shards what each shard said, in their order
 */
record Answer(String part, List<Rows> shards) {
    /** @param missing whether the shard did not answer, as the answer says */
    record Rows(boolean missing, List<Player> players) {}

    static Answer of(String part, SqlResult result) {
        return new Answer(part, result.shards().stream().map(Answer::rows).toList());
    }

    private static Rows rows(ShardAnswer answer) {
        return new Rows(
                answer.isMissing(), answer.rows().stream().map(Answer::player).toList());
    }

    private static Player player(Map<String, Object> row) {
        return new Player(
                ((Number) row.get("player_id")).longValue(),
                (String) row.get("name"),
                ((Number) row.get("guild_id")).longValue());
    }

    /** Of all shards together. */
    int size() {
        return shards.stream().mapToInt(rows -> rows.players().size()).sum();
    }

    /** From 0 on. */
    List<Integer> missing() {
        return IntStream.range(0, shards.size())
                .filter(shard -> shards.get(shard).missing())
                .boxed()
                .toList();
    }
}
