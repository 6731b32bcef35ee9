package distributedmysql.config;

import java.time.Duration;
import java.util.List;

/** Health over time, at the connection limit, and when the primary dies. */
public record StabilitySettings(Soak soak, Leaks leaks, Connections connections, FailoverSettings failover) {

    /** With fewer intervals of the soak, its drift cannot be judged. */
    public static final int LEAST_INTERVALS = 12;

    private static final int MOST_POINTS = 1_000;

    /**
     * A mixed load at a fixed rate (open model).
     *
     * @param rate requests per second
     * @param warmUp in which the rate rises, before the duration; not counted
     * @param interval throughput and latency are recorded for each
     * @param judged whether drift is checked, or only reported
     * @param throughputPercent how much less the throughput may become
     * @param latencyPercent how much higher the median and the 95th percentile of the latency may become
     */
    public record Soak(
            Duration duration,
            int rate,
            Duration warmUp,
            Duration interval,
            boolean judged,
            double throughputPercent,
            double latencyPercent) {}

    /**
     * @param judged whether leaks are checked, or only reported
     * @param sampleInterval between two readings
     * @param warmUpShare the share of the soak, from its beginning, in which growth is no leak
     * @param minDuration from first to last reading after the warm-up; if it is less, the verdict is UNKNOWN
     */
    public record Leaks(
            boolean judged, Duration sampleInterval, double warmUpShare, Duration minDuration, Limits limits) {}

    /** How much each quantity may grow, per second: bytes, or how many. */
    public record Limits(
            long clientHeap,
            long clientResident,
            double clientThreads,
            double clientFiles,
            long serverResident,
            long serverAllocated,
            double serverConnections,
            double serverStatements) {}

    /**
     * Steps of a closed load with as many users as connections.
     *
     * @param steps how many connections, rising
     * @param warmUp of each step, not counted
     * @param steady of each step
     */
    public record Connections(List<Integer> steps, Duration warmUp, Duration steady) {}

    static StabilitySettings read(SettingsReader reader) {
        StabilitySettings settings =
                new StabilitySettings(soak(reader), leaks(reader), connections(reader), FailoverSettings.read(reader));
        settings.refuseImpossibleCombinations(reader);
        return settings;
    }

    private static Soak soak(SettingsReader reader) {
        String soak = "soak.";
        return new Soak(
                reader.duration(soak + "duration", Duration.ofSeconds(1), Settings.DAY),
                reader.integer(soak + "rate", 10, 1_000_000),
                reader.duration(soak + "warm-up", Duration.ZERO, Settings.HOUR),
                reader.duration(soak + "interval", Duration.ofMillis(100), Settings.HOUR),
                reader.flag(soak + "drift.required"),
                reader.number(soak + "drift.throughput-percent", 0, 100),
                reader.number(soak + "drift.latency-percent", 0, 10_000));
    }

    private static Leaks leaks(SettingsReader reader) {
        String leaks = "soak.leaks.";
        return new Leaks(
                reader.flag(leaks + "required"),
                reader.duration(leaks + "sample-interval", Duration.ofMillis(50), Settings.HOUR),
                reader.number(leaks + "warm-up-share", 0, 0.9),
                reader.duration(leaks + "min-duration", Duration.ofSeconds(1), Settings.DAY),
                limits(reader, leaks + "limits."));
    }

    private static Limits limits(SettingsReader reader, String limits) {
        return new Limits(
                reader.bytes(limits + "client-heap", 0, 1L << 30),
                reader.bytes(limits + "client-resident-memory", 0, 1L << 30),
                reader.number(limits + "client-threads", 0, 1_000),
                reader.number(limits + "client-open-files", 0, 1_000),
                reader.bytes(limits + "server-resident-memory", 0, 1L << 30),
                reader.bytes(limits + "server-allocated-memory", 0, 1L << 30),
                reader.number(limits + "server-connections", 0, 1_000),
                reader.number(limits + "server-prepared-statements", 0, 10_000));
    }

    private static Connections connections(SettingsReader reader) {
        String connections = "connections.";
        return new Connections(
                reader.integers(connections + "steps", 1, 10_000),
                reader.duration(connections + "warm-up", Duration.ZERO, Settings.HOUR),
                reader.duration(connections + "steady", Duration.ofMillis(100), Settings.HOUR));
    }

    private void refuseImpossibleCombinations(SettingsReader reader) {
        // Trends take memory by the square of their points.
        if (soak.duration.dividedBy(soak.interval) > MOST_POINTS) {
            throw tooMany(reader, "soak.interval");
        }
        if (soak.judged && soak.duration.dividedBy(soak.interval) < LEAST_INTERVALS) {
            throw reader.refusedTogether(
                    "soak.duration has fewer than " + LEAST_INTERVALS + " of soak.interval, so no"
                            + " verdict is possible; soak.drift.required = false only reports",
                    "soak.interval",
                    "soak.duration");
        }
        if (soak.duration.dividedBy(leaks.sampleInterval) > MOST_POINTS) {
            throw tooMany(reader, "soak.leaks.sample-interval");
        }
        double judgedSeconds = soak.duration.toMillis() / 1e3 * (1 - leaks.warmUpShare);
        if (leaks.judged && leaks.minDuration.toMillis() / 1e3 > judgedSeconds) {
            throw reader.refusedTogether(
                    "no more than " + judgedSeconds + " s of soak.duration are left after"
                            + " soak.leaks.warm-up-share, fewer than soak.leaks.min-duration, so no verdict is"
                            + " possible; soak.leaks.required = false only reports",
                    "soak.leaks.min-duration",
                    "soak.duration",
                    "soak.leaks.warm-up-share");
        }
        for (int i = 1; i < connections.steps.size(); i++) {
            if (connections.steps.get(i) <= connections.steps.get(i - 1)) {
                throw reader.refused("connections.steps", "must rise from step to step");
            }
        }
    }

    private SettingsException tooMany(SettingsReader reader, String interval) {
        String least = Durations.text(soak.duration.dividedBy(MOST_POINTS));
        return reader.refusedTogether(
                interval + " must be at least " + least + ", the " + MOST_POINTS + "th part of soak.duration",
                interval,
                "soak.duration");
    }
}
