package distributedmysql.experiment.groupconsistency;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import java.util.List;
import java.util.Optional;

/** Whether the levels that promise fresh reads keep it. */
final class GroupConsistencyChecks {
    private static final String NAME = "group reads";

    static final Meaning MEANING = new Meaning(
            "A read of a secondary lacked a write that was acknowledged before it began, under a level that promises it.",
            "Too few reads were answered on some secondary after some delay.",
            "Look at groupConsistency.levels in the JSON summary; if UNKNOWN, raise group-consistency.duration.");

    private GroupConsistencyChecks() {}

    /** For instance {@code group reads: AFTER}. */
    static String name(Level level) {
        return NAME + ": " + level;
    }

    /** Those that promise something. */
    static List<Level> judged() {
        return List.of(Level.values()).stream()
                .filter(Level::promisesFreshReads)
                .toList();
    }

    /**
     * INVALID if one read was stale, which is named with its row, secondary, and how late it was; UNKNOWN if a secondary answered
     * fewer than {@code minSamples} reads after one of the delays.
     *
     * @param level under which all these reads and their writes were sent
     */
    static CheckResult check(
            Level level, List<SecondaryRead> reads, List<String> secondaries, List<Long> delays, int minSamples) {
        List<SecondaryRead> stale =
                reads.stream().filter(SecondaryRead::isStale).toList();
        long answered = reads.stream().filter(SecondaryRead::isAnswered).count();
        return Evidence.judge(
                name(level),
                stale.stream().findFirst().map(read -> describe(level, read)).orElse(""),
                tooFew(reads, secondaries, delays, minSamples).orElse(""),
                Evidence.count(answered, "answered read") + ", " + stale.size() + " stale, " + (reads.size() - answered)
                        + " failed");
    }

    private static String describe(Level level, SecondaryRead read) {
        return level + " on " + read.node() + ": row " + read.id() + ", acknowledged at "
                + Evidence.seconds(read.acknowledgedMicros()) + ", was not there in a read sent "
                + Evidence.millis(read.invokeMicros() - read.acknowledgedMicros()) + " later";
    }

    private static Optional<String> tooFew(
            List<SecondaryRead> reads, List<String> secondaries, List<Long> delays, int minSamples) {
        for (String node : secondaries) {
            for (long delay : delays) {
                long samples = reads.stream()
                        .filter(read -> read.isAnswered() && read.node().equals(node) && read.delayMicros() == delay)
                        .count();
                if (samples < minSamples) {
                    return Optional.of("on " + node + " after " + Evidence.millis(delay) + ": "
                            + Plural.of(samples, "answered read") + ", " + minSamples + " needed");
                }
            }
        }
        return Optional.empty();
    }
}
