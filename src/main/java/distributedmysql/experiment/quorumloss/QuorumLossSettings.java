package distributedmysql.experiment.quorumloss;

import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * The death of a group's majority.
 *
 * @param recoveries a round for each
 * @param writeRate numbered writes per second to the primary (open model)
 * @param readRate reads per second of the replicas (open model)
 * @param before how long they arrive before the kill
 * @param after how long they arrive after it
 * @param majorityTimeout {@code group_replication_unreachable_majority_timeout} where the survivor is to refuse writes
 * @param answerWithin how long a write may be without an answer then
 * @param blocked how long a survivor that lets writes wait goes on doing so before the recovery
 * @param deadline how long each of these may take: noticing the loss, the recovery, and the return of a member
 */
public record QuorumLossSettings(
        List<Recovery> recoveries,
        int writeRate,
        int readRate,
        Duration before,
        Duration after,
        Duration majorityTimeout,
        Duration answerWithin,
        Duration blocked,
        Duration deadline)
        implements ExperimentSettings {
    /**
     * From the kill until all members are there again: suspicion, refusal, 30 s in which MySQL waits for its group communication to end,
     * a new group, and members that start and join.
     */
    private static final Duration REPAIRED = Duration.ofSeconds(55);

    static QuorumLossSettings read(SettingsReader reader) {
        return new QuorumLossSettings(
                reader.manyOf("quorum-loss.recoveries", EnumSet.allOf(Recovery.class), Recovery::label),
                reader.integer("quorum-loss.write-rate", 1, 10_000),
                reader.integer("quorum-loss.read-rate", 1, 10_000),
                reader.duration("quorum-loss.before", Settings.MILLI, Settings.HOUR),
                reader.duration("quorum-loss.after", Duration.ofSeconds(1), Settings.HOUR),
                reader.duration("quorum-loss.majority-timeout", Duration.ofSeconds(1), Settings.HOUR),
                reader.duration("quorum-loss.answer-within", Duration.ofSeconds(1), Settings.HOUR),
                reader.duration("quorum-loss.blocked", Settings.MILLI, Settings.HOUR),
                reader.duration("quorum-loss.deadline", Duration.ofSeconds(10), Settings.HOUR));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        if (majorityTimeout.toMillis() % 1_000 != 0) {
            throw reader.refused("quorum-loss.majority-timeout", "must be in whole seconds, such as 5s");
        }
        if (majorityTimeout.compareTo(answerWithin) >= 0) {
            throw reader.refusedTogether(
                    "quorum-loss.majority-timeout must be less than quorum-loss.answer-within, otherwise no write can be"
                            + " refused in time",
                    "quorum-loss.majority-timeout",
                    "quorum-loss.answer-within");
        }
    }

    /** How long requests arrive in a round. */
    Duration load() {
        return before.plus(after);
    }

    /** About how long a round takes. */
    Duration round() {
        return before.plus(after.compareTo(REPAIRED) > 0 ? after : REPAIRED);
    }

    @Override
    public PlannedTime time(Settings settings) {
        return settings.isGroup()
                ? new PlannedTime(
                        round().plus(PlannedTime.BETWEEN)
                                .multipliedBy(recoveries.size())
                                .plus(PlannedTime.BETWEEN.multipliedBy(2)),
                        List.of())
                : PlannedTime.NOTHING;
    }
}
