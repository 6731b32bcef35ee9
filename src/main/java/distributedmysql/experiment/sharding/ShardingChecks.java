package distributedmysql.experiment.sharding;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.shard.Distribution;
import distributedmysql.shard.Ring;
import distributedmysql.topology.Shards;
import java.util.Arrays;
import java.util.Locale;

/** Whether a ring does what consistent hashing promises. */
final class ShardingChecks {
    static final String EVEN_NAME = "ring shares";
    static final String MOVED_NAME = "ring moves nothing for nothing";

    static final Meaning EVEN_MEANING = new Meaning(
            "The shards' shares of the ring differ more than those of randomly placed points do: some servers will have more of the"
                    + " rows than others, and be full first.",
            "It is never unknown.",
            "Look for a hash that spreads the points badly.");
    static final Meaning MOVED_MEANING = new Meaning(
            "Keys would move between shards that were there before when a shard is added: they are copied for nothing.",
            "It is never unknown.",
            "Look for points that depend on the number of shards.");

    /** Of a ring's deviation, which is estimated from shards - 1 independent shares: exceeded once in some 30,000 rings. */
    private static final int SIGMAS = 4;

    private ShardingChecks() {}

    /** @param shares of the hashes, by shard */
    static CheckResult even(double[] shares, int points) {
        double expected = Ring.expectedDeviation(shares.length, points);
        double limit = expected * (1 + SIGMAS / Math.sqrt(2.0 * (shares.length - 1)));
        double deviation = Distribution.relativeDeviation(shares);
        int largest = 0;
        for (int shard = 1; shard < shares.length; shard++) {
            largest = shares[shard] > shares[largest] ? shard : largest;
        }
        String evidence = String.format(
                Locale.ROOT,
                "shares deviate by %.1f %% (expected %.1f %%, at most %.1f %%); %s has most, %.2f %%",
                deviation * 100,
                expected * 100,
                limit * 100,
                Shards.name(largest),
                shares[largest] * 100);
        return deviation <= limit ? CheckResult.valid(EVEN_NAME, evidence) : CheckResult.invalid(EVEN_NAME, evidence);
    }

    /** @param after has one shard more */
    static CheckResult moved(Ring before, Ring after) {
        double[] to = before.movedTo(after);
        double elsewhere = Arrays.stream(to).limit(before.shards()).sum();
        String evidence = String.format(
                Locale.ROOT,
                "of all hashes, %.2f %% move to the new shard, and %.2f %% to another one",
                to[before.shards()] * 100,
                elsewhere * 100);
        return elsewhere == 0 ? CheckResult.valid(MOVED_NAME, evidence) : CheckResult.invalid(MOVED_NAME, evidence);
    }
}
