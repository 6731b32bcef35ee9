package distributedmysql.experiment.sharding.search;

import distributedmysql.experiment.sharding.search.SearchSection.Scatter;
import distributedmysql.experiment.sharding.search.SearchSection.ShardLatency;
import distributedmysql.load.ShardAnswer;
import distributedmysql.load.SqlResult;
import distributedmysql.report.LatencySummary;
import distributedmysql.topology.Shards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What searches were answered, and how long each shard took. Thread-safe. */
final class SearchRecord {
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final long warmUpNanos;
    private final Map<Answer, Long> answers = new HashMap<>();
    private final Histogram whole = histogram();
    private final List<Histogram> shards;
    private final long[] slowest;
    private boolean begun;
    private long firstNanos;

    /** @param warmUp from the first answer on; what comes meanwhile is judged, but not timed */
    SearchRecord(int shards, Duration warmUp) {
        this.warmUpNanos = warmUp.toNanos();
        this.shards = IntStream.range(0, shards).mapToObj(shard -> histogram()).toList();
        this.slowest = new long[shards];
    }

    private static Histogram histogram() {
        return new Histogram(HIGHEST_MICROS, 3);
    }

    /** @param part of the names that were looked for */
    void answered(String part, SqlResult result) {
        Answer answer = Answer.of(part, result);
        long now = System.nanoTime();
        synchronized (this) {
            firstNanos = begun ? firstNanos : now;
            begun = true;
            answers.merge(answer, 1L, Long::sum);
            // How long a partial answer took says how soon a dead shard is given up.
            if (now - firstNanos >= warmUpNanos && answer.missing().isEmpty()) {
                time(result.shards());
            }
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

    /** @param failed searches without an answer */
    synchronized Scatter section(SearchSettings settings, long failed) {
        List<ShardLatency> latencies = new ArrayList<>();
        for (int shard = 0; shard < shards.size(); shard++) {
            latencies.add(new ShardLatency(
                    Shards.name(shard), LatencySummary.of(shards.get(shard)), slowest[shard], missing(shard)));
        }
        return new Scatter(
                settings.rate(),
                settings.limit(),
                answers.values().stream().mapToLong(Long::longValue).sum(),
                failed,
                LatencySummary.of(whole),
                Prediction.of(shards),
                latencies);
    }

    private long missing(int shard) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getKey().missing().contains(shard))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
