package distributedmysql.load;

import java.util.List;
import java.util.Map;

/**
 * What a request brought back.
 *
 * @param rows of the last query among the statements, column values by name or alias in the order of the select list; of a request to
 *     every shard, those of the first shard, then those of the second, and so on
 * @param updateCount rows changed by all statements together
 * @param shards what each shard said to a request to every shard, in their order; otherwise empty
 */
public record SqlResult(List<Map<String, Object>> rows, int updateCount, List<ShardAnswer> shards) {
    /** Of one server. */
    public SqlResult(List<Map<String, Object>> rows, int updateCount) {
        this(rows, updateCount, List.of());
    }

    /** The names of the shards whose rows are missing; empty unless the request allows a partial answer. */
    public List<String> missingShards() {
        return shards.stream()
                .filter(ShardAnswer::isMissing)
                .map(ShardAnswer::shard)
                .toList();
    }
}
