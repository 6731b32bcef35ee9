package distributedmysql.experiment.sharding.resharding;

import java.util.Locale;

/** What a resharding is at; kept on the new shard, so that a new coordinator knows where the last one was. */
enum Phase {
    CAPTURE,
    COPY,
    CATCH_UP,
    SWITCH,
    /** The new map holds: from here on there is no way back. */
    CLEAN,
    RELEASE,
    DONE,
    ROLL_BACK,
    ROLLED_BACK;

    /** As in reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether clients may know the new map. */
    boolean isDecided() {
        return this == CLEAN || this == RELEASE || this == DONE;
    }

    /** What follows it, when all goes well. */
    Phase next() {
        return values()[ordinal() + 1];
    }
}
