package distributedmysql.load;

import java.util.List;
import java.util.Map;

/**
 * What one shard said to a request that went to every shard.
 *
 * @param shard its name, as in reports
 * @param rows empty if it did not answer
 * @param startNanos the intended start of the request, of {@link System#nanoTime()}
 * @param nanos from the intended start of the request to this shard's answer, or to its failure
 * @param failure null if it answered
 */
public record ShardAnswer(
        String shard, List<Map<String, Object>> rows, long startNanos, long nanos, SqlFailure failure) {
    public boolean isMissing() {
        return failure != null;
    }
}
