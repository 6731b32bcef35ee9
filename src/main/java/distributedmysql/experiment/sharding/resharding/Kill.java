package distributedmysql.experiment.sharding.resharding;

import java.util.Locale;

/** Who is killed while rows are copied. */
enum Kill {
    NONE,
    /** Ours; it does nothing more, and its sessions end. */
    COORDINATOR,
    /** The first shard's primary. */
    SOURCE,
    /** The new shard's primary. */
    TARGET;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isServer() {
        return this == SOURCE || this == TARGET;
    }
}
