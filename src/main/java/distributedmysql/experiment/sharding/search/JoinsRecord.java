package distributedmysql.experiment.sharding.search;

import distributedmysql.experiment.sharding.search.SearchSection.Cost;
import distributedmysql.experiment.sharding.search.SearchSection.Joins;
import distributedmysql.experiment.sharding.search.SearchSection.OneShard;
import distributedmysql.report.LatencySummary;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Joins of players with their guilds, and what came of them. The two ways take turns, so that both see the same machine.
 *
 * @param acrossShards in their order
 * @param onOneServer of the same players
 * @param onOneShard what each shard answers to the SQL of the join of all
 */
record JoinsRecord(List<Joined> acrossShards, List<Joined> onOneServer, List<OneShardJoin> onOneShard) {
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);
    /** Connections are opened and statements prepared meanwhile. */
    private static final int UNTIMED_SHARE = 10;
    /** Each of them waited for a server that does not answer; the verdict is certain by then. */
    private static final int MOST_FAILED = 10;

    /**
     * Blocks; breaks off after {@value #MOST_FAILED} joins have failed.
     *
     * @param joins how many players are joined, drawn by lot from all of them
     */
    static JoinsRecord play(JoinClient client, GuildData data, int joins, long seed) {
        Random random = new Random(seed);
        List<Joined> across = new ArrayList<>();
        List<Joined> one = new ArrayList<>();
        for (int i = 0; i < joins && failed(across, one) < MOST_FAILED; i++) {
            long id = 1L + random.nextInt(data.players().size());
            if (i % 2 == 0) {
                across.add(client.acrossShards(id));
                one.add(client.onOneServer(id));
            } else {
                one.add(client.onOneServer(id));
                across.add(client.acrossShards(id));
            }
        }
        List<OneShardJoin> onOneShard = client
                .shards()
                .all()
                .subList(0, client.shards().map().shards())
                .stream()
                .map(set -> OneShardJoin.read(
                        set.replicas().isEmpty()
                                ? set.primary()
                                : set.replicas().get(0),
                        client.tables().joinOfAll()))
                .toList();
        return new JoinsRecord(across, one, onOneShard);
    }

    private static long failed(List<Joined> across, List<Joined> one) {
        return Stream.concat(across.stream(), one.stream())
                .filter(join -> join.failure() != null)
                .count();
    }

    Joins section(GuildData data) {
        int all = data.players().size();
        boolean allAnswered = onOneShard.stream().noneMatch(OneShardJoin::isMissing);
        return new Joins(
                new Cost(JoinClient.ROUND_TRIPS, latency(acrossShards)),
                new Cost(1, latency(onOneServer)),
                all,
                IntStream.range(0, onOneShard.size())
                        .mapToObj(shard -> onOneShard(Shards.name(shard), onOneShard.get(shard), all))
                        .toList(),
                allAnswered ? OneShardCheck.missed(data, onOneShard) : null);
    }

    private static OneShard onOneShard(String shard, OneShardJoin join, long all) {
        long rows = join.rows().size();
        return join.isMissing()
                ? new OneShard(shard, null, null, join.failure())
                : new OneShard(shard, rows, all - rows, null);
    }

    private static LatencySummary latency(List<Joined> joins) {
        Histogram histogram = new Histogram(HIGHEST_MICROS, 3);
        joins.stream()
                .skip(joins.size() / UNTIMED_SHARE)
                .filter(join -> join.failure() == null)
                .forEach(join -> histogram.recordValue(Math.min(join.nanos() / 1_000, HIGHEST_MICROS)));
        return LatencySummary.of(histogram);
    }
}
