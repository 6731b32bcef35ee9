package distributedmysql.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When a comparison of tables waits, so that it does not hurt servers that others use.
 *
 * @param maxLag while a replica lags by more; never for lag if empty
 * @param maxThreadsRunning while more threads run on a server ({@code Threads_running}, the comparison's own among them);
 *     never for that if empty
 * @param maxWait for one table in all; then the table is not compared to its end
 */
public record Throttle(Optional<Duration> maxLag, OptionalInt maxThreadsRunning, Duration maxWait) {
    /** Never waits. */
    public static final Throttle NONE = new Throttle(Optional.empty(), OptionalInt.empty(), Duration.ZERO);

    /** @param section what the keys of these settings begin with, without the last dot */
    public static Throttle read(SettingsReader reader, String section) {
        String prefix = section + ".";
        Duration lag = reader.duration(prefix + "max-lag", Duration.ZERO, Settings.DAY);
        int threads = reader.integer(prefix + "max-threads-running", 0, 100_000);
        return new Throttle(
                lag.isZero() ? Optional.empty() : Optional.of(lag),
                threads == 0 ? OptionalInt.empty() : OptionalInt.of(threads),
                reader.duration(prefix + "max-wait", Duration.ofSeconds(1), Settings.DAY));
    }

    public boolean isOff() {
        return maxLag.isEmpty() && maxThreadsRunning.isEmpty();
    }
}
