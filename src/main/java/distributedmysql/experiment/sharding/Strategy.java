package distributedmysql.experiment.sharding;

import distributedmysql.shard.Modulo;
import distributedmysql.shard.Ranges;
import distributedmysql.shard.Ring;
import distributedmysql.shard.ShardStrategy;
import java.util.Locale;

/** The strategies that are compared. */
enum Strategy {
    MODULO,
    RANGES,
    RING;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For these keys; ranges are cut so that each shard has as many of them. */
    ShardStrategy of(ShardingSettings settings, long[] keys) {
        return switch (this) {
            case MODULO -> new Modulo(settings.shards());
            case RANGES -> Ranges.evenly(settings.shards(), keys);
            case RING -> ring(settings);
        };
    }

    /** The same with one shard more; of ranges, it takes half of the fullest shard's keys. */
    static ShardStrategy withOneMore(ShardStrategy before, long[] keys) {
        if (before instanceof Modulo modulo) {
            return modulo.withOneMore();
        }
        return before instanceof Ring ring ? ring.withOneMore() : ((Ranges) before).withOneMore(keys);
    }

    static Ring ring(ShardingSettings settings) {
        return new Ring(settings.shards(), settings.points(), settings.seed());
    }
}
