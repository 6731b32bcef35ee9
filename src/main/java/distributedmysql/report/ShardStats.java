package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.load.record.StageMeasurement;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one shard did. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The requests to one shard, and the parts of those that were sent to several.")
public record ShardStats(
        @JsonPropertyDescription("The shard, for instance shard1.")
        String shard,

        @JsonPropertyDescription("All requests, failed ones included.")
        long requests,

        @JsonPropertyDescription("Requests that failed.") long errors,

        @JsonPropertyDescription("Latency of those that succeeded; absent if none did.") @Nullable
        LatencySummary latencyMicros) {
    static @Nullable List<ShardStats> all(List<StageMeasurement.Requests> shards) {
        return shards.isEmpty()
                ? null
                : IntStream.range(0, shards.size())
                        .mapToObj(shard -> of(Shards.name(shard), shards.get(shard)))
                        .toList();
    }

    private static ShardStats of(String shard, StageMeasurement.Requests requests) {
        return new ShardStats(shard, requests.count(), requests.failed(), LatencySummary.of(requests.latency()));
    }
}
