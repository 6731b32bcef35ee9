package distributedmysql.experiment.sharding.search;

import distributedmysql.experiment.sharding.search.SearchSection.Scatter;
import distributedmysql.experiment.sharding.search.SearchSection.ShardLatency;
import distributedmysql.load.ShardAnswer;
import distributedmysql.load.SqlResult;
import distributedmysql.report.LatencySummary;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What searches were answered, and how long each shard took. Thread-safe. */
final class SearchRecord {
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final LongPredicate isSteady;
    private final Map<Answer, Long> answers = new HashMap<>();
    private final Histogram whole = histogram();
    private final List<Histogram> shards;
    private final long[] slowest;
    private final long[] missing;
    private long answered;

    /** @param isSteady whether a search with this start is of the stage's steady state; others are judged, and nothing else */
    SearchRecord(int shards, LongPredicate isSteady) {
        this.isSteady = isSteady;
        this.shards = IntStream.range(0, shards).mapToObj(shard -> histogram()).toList();
        this.slowest = new long[shards];
        this.missing = new long[shards];
    }

    private static Histogram histogram() {
        return new Histogram(HIGHEST_MICROS, 3);
    }

    /** @param part of the names that were looked for */
    void answered(String part, SqlResult result) {
        Answer answer = Answer.of(part, result);
        boolean counts = isSteady.test(result.shards().get(0).startNanos());
        synchronized (this) {
            answers.merge(answer, 1L, Long::sum);
            if (counts) {
                count(answer, result.shards());
            }
        }
    }

    private void count(Answer answer, List<ShardAnswer> parts) {
        answered++;
        answer.missing().forEach(shard -> missing[shard]++);
        // How long a partial answer took says how soon a dead shard is given up.
        if (answer.missing().isEmpty()) {
            time(parts);
        }
    }

    private void time(List<ShardAnswer> parts) {
        int last = 0;
        for (int shard = 0; shard < parts.size(); shard++) {
            shards.get(shard).recordValue(micros(parts.get(shard)));
            last = parts.get(shard).nanos() > parts.get(last).nanos() ? shard : last;
        }
        slowest[last]++;
        whole.recordValue(micros(parts.get(last)));
    }

    private static long micros(ShardAnswer answer) {
        return Math.min(answer.nanos() / 1_000, HIGHEST_MICROS);
    }

    /** How often each came. */
    synchronized Map<Answer, Long> answers() {
        return Map.copyOf(answers);
    }

    /** @param failed searches of the steady state without an answer */
    synchronized Scatter section(SearchSettings settings, long failed) {
        List<ShardLatency> latencies = new ArrayList<>();
        for (int shard = 0; shard < shards.size(); shard++) {
            latencies.add(new ShardLatency(
                    Shards.name(shard), LatencySummary.of(shards.get(shard)), slowest[shard], missing[shard]));
        }
        return new Scatter(
                settings.rate(),
                settings.limit(),
                answered,
                failed,
                LatencySummary.of(whole),
                Prediction.of(shards),
                latencies);
    }
}
