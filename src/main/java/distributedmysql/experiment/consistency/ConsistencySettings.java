package distributedmysql.experiment.consistency;

import distributedmysql.config.Demand;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.config.Show;
import distributedmysql.config.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The consistency probes.
 *
 * @param duration the probes are spread over
 * @param loadRate requests per second of the mixed load that runs meanwhile
 * @param gtidWaitTimeout of the strategy {@code gtid-wait}
 * @param catchUpDeadline how long the replicas may take, after the last write, until they have all of them
 */
public record ConsistencySettings(
        Duration duration,
        int loadRate,
        ReadAfterWrite readAfterWrite,
        Visibility visibility,
        Sessions sessions,
        Duration gtidWaitTimeout,
        Lag lag,
        Tables tables,
        Duration catchUpDeadline)
        implements ExperimentSettings {

    /** Catching up, final reads, comparison of tables, checkers. */
    static final Duration JUDGING = Duration.ofSeconds(5);

    /**
     * @param delays after the acknowledgement of the write
     * @param rounds for each strategy, replica and delay
     * @param minSamples answered reads that each of those needs for a verdict
     */
    public record ReadAfterWrite(List<Duration> delays, int rounds, int minSamples) {}

    /**
     * @param rounds for each replica
     * @param pollInterval between two reads of one round, while it is short beside the time since the acknowledgement
     * @param deadline from which on a write counts as never visible
     */
    public record Visibility(int rounds, Duration pollInterval, Duration deadline) {
        /** A replica that stands still is not asked a thousand times per second by every round. */
        private static final int PARTS = 32;

        /** How long to wait for the next read: at most a 32nd of the time since the acknowledgement, or the interval. */
        public Duration pause(Duration sinceAcknowledgement) {
            Duration part = sinceAcknowledgement.dividedBy(PARTS);
            return part.compareTo(pollInterval) > 0 ? part : pollInterval;
        }
    }

    /**
     * @param pairs of sessions that observe each other, for each strategy
     * @param cycles of writes and reads of each session
     */
    public record Sessions(int pairs, int cycles) {}

    /**
     * @param limit the check {@code replication lag} is INVALID if the 99th percentile is above; none if empty
     */
    public record Lag(Duration sampleInterval, Duration beatInterval, Optional<Duration> limit) {}

    /**
     * @param chunkTime what one chunk of a table comparison should take
     * @param lockTime the longest that rows may stay locked while a difference is confirmed
     * @param deadline for one table
     * @param namedKeys how many differences are named
     * @param show how much of them
     * @param throttle when it waits
     */
    public record Tables(
            Duration chunkTime, Duration lockTime, Duration deadline, int namedKeys, Show show, Throttle throttle) {}

    static ConsistencySettings read(SettingsReader reader) {
        String raw = "consistency.read-after-write.";
        ReadAfterWrite readAfterWrite = new ReadAfterWrite(
                reader.durations(raw + "delays", Duration.ZERO, Settings.HOUR),
                reader.integer(raw + "rounds", 1, 1_000_000),
                reader.integer(raw + "min-samples", 1, 1_000_000));
        return new ConsistencySettings(
                reader.duration("consistency.duration", Duration.ofSeconds(1), Settings.DAY),
                reader.integer("consistency.load-rate", 10, 1_000_000),
                readAfterWrite,
                new Visibility(
                        reader.integer("consistency.visibility.rounds", 1, 1_000_000),
                        reader.duration("consistency.visibility.poll-interval", Settings.MILLI, Settings.HOUR),
                        reader.duration("consistency.visibility.deadline", Settings.MILLI, Settings.HOUR)),
                new Sessions(
                        reader.integer("consistency.sessions.pairs", 1, 10_000),
                        reader.integer("consistency.sessions.cycles", 2, 1_000_000)),
                reader.duration("consistency.gtid-wait-timeout", Settings.MILLI, Settings.HOUR),
                lag(reader),
                new Tables(
                        reader.duration("consistency.tables.chunk-time", Settings.MILLI, Settings.HOUR),
                        reader.duration("consistency.tables.lock-time", Settings.MILLI, Settings.HOUR),
                        reader.duration("consistency.tables.deadline", Settings.MILLI, Settings.DAY),
                        reader.integer("consistency.tables.named-keys", 0, 1_000_000),
                        reader.oneOf("consistency.tables.show", Show.class, Show::label),
                        Throttle.read(reader, "consistency.tables.throttle")),
                reader.duration("consistency.catch-up-deadline", Settings.MILLI, Settings.DAY));
    }

    private static Lag lag(SettingsReader reader) {
        Duration limit = reader.duration("consistency.lag.limit-p99", Duration.ZERO, Settings.DAY);
        return new Lag(
                reader.duration("consistency.lag.sample-interval", Duration.ofMillis(5), Duration.ofMillis(100)),
                reader.duration("consistency.lag.beat-interval", Duration.ofMillis(5), Settings.HOUR),
                limit.isZero() ? Optional.empty() : Optional.of(limit));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        if (readAfterWrite.minSamples > readAfterWrite.rounds) {
            throw reader.refusedTogether(
                    "consistency.read-after-write.min-samples must not be above consistency.read-after-write.rounds",
                    "consistency.read-after-write.min-samples",
                    "consistency.read-after-write.rounds");
        }
        // The wait is a statement: a longer one would end as an error, and not as a timeout of the strategy.
        if (gtidWaitTimeout.compareTo(settings.connection().statementTimeout()) >= 0) {
            throw reader.refusedTogether(
                    "consistency.gtid-wait-timeout must be shorter than connection.statement-timeout",
                    "consistency.gtid-wait-timeout",
                    "connection.statement-timeout");
        }
    }

    /** Those of the probes are lowered with the duration, so that they arrive at the same rate. */
    @Override
    public PlannedTime time(Settings settings) {
        return ConsistencyDemands.time(this, settings);
    }

    @Override
    public List<Demand> requests(Settings settings, int replicas) {
        return List.of(new ConsistencyDemands(this, settings, replicas).requests());
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        return List.of(new ConsistencyDemands(this, settings, replicas).connections());
    }

    @Override
    public List<String> waiting(Settings settings) {
        String tables = "the comparison of tables";
        return settings.readOnly() ? List.of(tables) : List.of("reads until a write is visible", tables);
    }

    @Override
    public List<String> announcement(Settings settings) {
        return settings.readOnly() ? ReadOnlyWords.announcement(this, settings) : List.of();
    }
}
