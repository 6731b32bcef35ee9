package distributedmysql.experiment.soak;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.Durations;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.List;

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
public record SoakSettings(
        Duration duration,
        int rate,
        Duration warmUp,
        Duration interval,
        boolean judged,
        double throughputPercent,
        double latencyPercent,
        LeakSettings leaks)
        implements ExperimentSettings {

    private static final int MOST_POINTS = 1_000;
    private static final int RESOURCE_READS = 2;

    static SoakSettings read(SettingsReader reader) {
        return new SoakSettings(
                reader.duration("soak.duration", Duration.ofSeconds(1), Settings.DAY),
                reader.integer("soak.rate", 10, 1_000_000),
                reader.duration("soak.warm-up", Duration.ZERO, Settings.HOUR),
                reader.duration("soak.interval", Duration.ofMillis(100), Settings.HOUR),
                reader.flag("soak.drift.required"),
                reader.number("soak.drift.throughput-percent", 0, 100),
                reader.number("soak.drift.latency-percent", 0, 10_000),
                LeakSettings.read(reader));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        // Trends take memory by the square of their points.
        if (duration.dividedBy(interval) > MOST_POINTS) {
            throw tooMany(reader, "soak.interval");
        }
        if (judged && duration.dividedBy(interval) < Drift.LEAST_INTERVALS) {
            throw reader.refusedTogether(
                    "soak.duration has fewer than " + Drift.LEAST_INTERVALS + " of soak.interval, so no"
                            + " verdict is possible; soak.drift.required = false only reports",
                    "soak.interval",
                    "soak.duration");
        }
        if (duration.dividedBy(leaks.sampleInterval()) > MOST_POINTS) {
            throw tooMany(reader, "soak.leaks.sample-interval");
        }
        double judgedSeconds = Durations.seconds(duration) * (1 - leaks.warmUpShare());
        if (leaks.judged() && Durations.seconds(leaks.minDuration()) > judgedSeconds) {
            throw reader.refusedTogether(
                    "no more than " + judgedSeconds + " s of soak.duration are left after"
                            + " soak.leaks.warm-up-share, fewer than soak.leaks.min-duration, so no verdict is"
                            + " possible; soak.leaks.required = false only reports",
                    "soak.leaks.min-duration",
                    "soak.duration",
                    "soak.leaks.warm-up-share");
        }
    }

    private SettingsException tooMany(SettingsReader reader, String key) {
        String least = Durations.text(duration.dividedBy(MOST_POINTS));
        return reader.refusedTogether(
                key + " must be at least " + least + ", the " + MOST_POINTS + "th part of soak.duration",
                key,
                "soak.duration");
    }

    @Override
    public PlannedTime time(Settings settings) {
        return settings.readOnly()
                ? PlannedTime.NOTHING
                : new PlannedTime(
                        warmUp.plus(PlannedTime.MARGIN).plus(PlannedTime.BETWEEN),
                        List.of(Amount.duration("soak.duration", duration, least(), 1)));
    }

    /** In less, leaks and drift could not be judged. */
    private Duration least() {
        double leaked = leaks.judged() ? Durations.seconds(leaks.minDuration()) : 0;
        double drifted = judged ? Durations.seconds(interval) * Drift.LEAST_INTERVALS : 0;
        double share = 1 - leaks.warmUpShare();
        double least = Math.ceil(Math.max(5, Math.max(leaked / share, drifted)));
        // What is divided and multiplied again may be a little less.
        return Duration.ofMillis(Math.round(1_000 * (least * share < leaked ? least + 1 : least)));
    }

    @Override
    public List<Demand> requests(Settings settings, int replicas) {
        if (settings.readOnly()) {
            return List.of();
        }
        double samples =
                RESOURCE_READS * settings.shards() * (1 + replicas) / Durations.seconds(leaks.sampleInterval());
        return List.of(new Demand(
                "soak",
                "soak.rate",
                List.of(Item.mixed("soak.rate", rate), new Item("soak.leaks.sample-interval", samples))));
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        return List.of(ServerConnections.pooled(settings, "soak", new Item("readings of resources", 1)));
    }
}
