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

    /** Draws them: those that there are, and those that come next. */
    DrawnKeys draw(ShardingSettings settings) {
        long[] all = all(settings);
        int count = count(settings);
        return new DrawnKeys(
                this, Arrays.copyOf(all, count), Arrays.copyOfRange(all, count, all.length), settings.seed());
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
