package distributedmysql.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The replica sets that share the keys, and which of them each key belongs to.
 *
 * @param count how many; 1: there is nothing to share
 * @param points of each shard on the ring of consistent hashing
 * @param bounds where the range of the second shard and that of each later one begins; none, if no ranges were given
 */
public record ShardSettings(int count, Strategy strategy, int points, List<Long> bounds) {
    /** All keys belong to the only one. */
    public static final ShardSettings ONE = new ShardSettings(1, Strategy.MODULO, 1, List.of());

    /** How many there may be. */
    static final int MOST = 16;

    private static final String RANGES = "shards.ranges";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})?\\.\\.(\\d{1,18})?");

    /** How keys are shared out. */
    public enum Strategy {
        MODULO,
        RANGES,
        RING;

        /** As in settings and reports, for instance {@code ring}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of servers that the run starts. */
    static ShardSettings read(SettingsReader reader, TopologyKind topology) {
        return read(reader, reader.integer(topology.label() + ".shards", 1, MOST));
    }

    static ShardSettings read(SettingsReader reader, int count) {
        return new ShardSettings(
                count,
                reader.oneOf("shards.strategy", Strategy.class, Strategy::label),
                reader.integer("shards.points", 1, 10_000),
                bounds(reader, reader.textsOrNone(RANGES, "a list such as [..999, 1000..]", RANGE.asMatchPredicate())));
    }

    private static List<Long> bounds(SettingsReader reader, List<String> ranges) {
        List<Long> bounds = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            Matcher range = RANGE.matcher(ranges.get(i));
            if (!range.matches()
                    || (range.group(1) == null) != (i == 0)
                    || (range.group(2) == null) != (i == ranges.size() - 1)) {
                throw reader.refused(
                        RANGES,
                        "must have no beginning of the first range and no end of the last one, and both"
                                + " of every other, because each key needs a shard");
            }
            if (i > 0) {
                bounds.add(following(reader, ranges.get(i - 1), ranges.get(i)));
            }
        }
        return List.copyOf(bounds);
    }

    /** Where the later one begins. */
    private static long following(SettingsReader reader, String earlier, String later) {
        long end = Long.parseLong(earlier.substring(earlier.indexOf("..") + 2));
        long begin = Long.parseLong(later.substring(0, later.indexOf("..")));
        if (begin != end + 1) {
            throw reader.refused(
                    RANGES,
                    begin <= end
                            ? "must ascend: the end of " + earlier + " comes after the beginning of " + later
                            : "must leave no gap: no range has the keys from " + (end + 1) + " to " + (begin - 1));
        }
        String own = earlier.substring(0, earlier.indexOf(".."));
        if (!own.isEmpty() && Long.parseLong(own) > end) {
            throw reader.refused(RANGES, "must ascend: " + earlier + " ends before it begins");
        }
        return begin;
    }

    /** As many ranges as there are shards. */
    private String example() {
        return IntStream.range(0, count)
                .mapToObj(shard ->
                        (shard == 0 ? "" : 1_000 * shard) + ".." + (shard == count - 1 ? "" : 1_000 * shard + 999))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** @param topology the one that the run uses */
    void refuseImpossible(SettingsReader reader, TopologyKind topology) {
        if (strategy == Strategy.RANGES && count > 1 && bounds.isEmpty()) {
            throw reader.refusedTogether(
                    RANGES + " must say which keys each of the shards has, for instance " + example(),
                    "shards.strategy",
                    topology.label() + ".shards");
        }
        if (strategy == Strategy.RANGES && count > 1 && bounds.size() + 1 != count) {
            throw reader.refusedTogether(
                    RANGES + " must have one range for each shard: " + count, RANGES, topology.label() + ".shards");
        }
        if (strategy != Strategy.RANGES && !bounds.isEmpty()) {
            throw reader.refusedTogether(
                    RANGES + " must be empty, or shards.strategy must be ranges", RANGES, "shards.strategy");
        }
    }
}
