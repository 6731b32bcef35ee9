package distributedmysql.experiment.sharding;

import distributedmysql.shard.Keys;
import java.util.Arrays;
import java.util.Locale;

/** How an application makes its keys. */
enum Ids {
    SEQUENTIAL,
    RANDOM,
    CLUSTERED;

    /** A tenth more, for the keys that come next. */
    private static final int MORE = 10;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that there are. */
    long[] keys(ShardingSettings settings) {
        return Arrays.copyOf(all(settings), count(settings));
    }

    /** Those that come next. */
    long[] next(ShardingSettings settings) {
        long[] all = all(settings);
        return Arrays.copyOfRange(all, count(settings), all.length);
    }

    private int count(ShardingSettings settings) {
        return switch (this) {
            case SEQUENTIAL -> settings.sequential().keys();
            case RANDOM -> settings.random().keys();
            case CLUSTERED ->
                settings.clustered().clusters() * settings.clustered().size();
        };
    }

    private long[] all(ShardingSettings settings) {
        return switch (this) {
            case SEQUENTIAL -> Keys.sequential(more(settings.sequential().keys()));
            case RANDOM ->
                Keys.random(
                        more(settings.random().keys()),
                        settings.random().from(),
                        settings.random().to(),
                        settings.seed());
            case CLUSTERED ->
                Keys.clustered(
                        more(settings.clustered().clusters()),
                        settings.clustered().size(),
                        settings.clustered().from(),
                        settings.clustered().apart());
        };
    }

    private static int more(int count) {
        return count + Math.max(1, count / MORE);
    }
}
