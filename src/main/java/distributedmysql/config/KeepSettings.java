package distributedmysql.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which results of earlier runs are kept.
 *
 * @param age older ones are removed; empty: none for their age
 * @param bytes if all results together are more, the oldest are removed; empty: none for their size
 */
public record KeepSettings(Optional<Duration> age, OptionalLong bytes) {
    private static final long MIB = 1L << 20;

    static KeepSettings read(SettingsReader reader) {
        return new KeepSettings(
                reader.optionalDuration("report.keep.age", Duration.ofDays(1), Duration.ofDays(3_650)),
                reader.optionalBytes("report.keep.size", MIB, MIB * MIB));
    }

    /** The default. */
    public boolean everything() {
        return age.isEmpty() && bytes.isEmpty();
    }
}
