package distributedmysql.mysql;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A set of transactions, by their GTIDs, that is reckoned with here and not by a server ({@link GtidSets}). Immutable and
 * thread-safe.
 */
public final class GtidSet {
    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    // Since 8.4 (https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-concepts.html).
    private static final String TAG = "[a-z_][a-z0-9_]{0,31}";
    static final String SOURCE = UUID + "(?::" + TAG + ")?";

    private static final Pattern IS_UUID = Pattern.compile(UUID);
    private static final Pattern IS_TAG = Pattern.compile(TAG);
    private static final Pattern IS_INTERVAL = Pattern.compile("\\d{1,18}(?:-\\d{1,18})?");

    public static final GtidSet EMPTY = new GtidSet(new TreeMap<>());

    /** By source, the first number of each interval and its last one; no two touch. */
    private final NavigableMap<String, NavigableMap<Long, Long>> intervals;

    private GtidSet(NavigableMap<String, NavigableMap<Long, Long>> intervals) {
        this.intervals = intervals;
    }

    /**
     * Everything that the node has executed.
     *
     * @throws TopologyException if it cannot be asked
     */
    public static GtidSet executed(Node node) {
        return parse(GtidSets.executed(node));
    }

    public static GtidSet executed(Mysql session) throws SQLException {
        return parse(GtidSets.executed(session));
    }

    /**
     * As a server writes it, with or without line breaks; a text without anything is the empty set.
     *
     * @throws IllegalArgumentException if it is not written so
     */
    public static GtidSet parse(String text) {
        Builder builder = new Builder();
        for (String ofOneServer : normal(text).split(",")) {
            if (!ofOneServer.isEmpty()) {
                parse(ofOneServer, builder, text);
            }
        }
        return builder.build();
    }

    private static void parse(String ofOneServer, Builder builder, String all) {
        String[] parts = ofOneServer.split(":");
        String uuid = parts[0];
        String source = uuid;
        for (int i = 1; i < parts.length; i++) {
            if (IS_INTERVAL.matcher(parts[i]).matches()) {
                String[] ends = parts[i].split("-");
                builder.add(source, Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
            } else if (IS_TAG.matcher(parts[i]).matches()) {
                source = uuid + ":" + parts[i];
            } else {
                throw notASet(all);
            }
        }
        if (!IS_UUID.matcher(uuid).matches() || parts.length < 2) {
            throw notASet(all);
        }
    }

    private static IllegalArgumentException notASet(String text) {
        return new IllegalArgumentException(
                "'" + text.strip() + "' is no set of GTIDs; must be as in uuid:1-5:7,uuid:1-3");
    }

    static String normal(String text) {
        return GtidSets.oneLine(text).toLowerCase(Locale.ROOT);
    }

    public static GtidSet of(Gtid gtid) {
        return new Builder().add(gtid).build();
    }

    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** How many transactions. */
    public long count() {
        return intervals.values().stream()
                .flatMap(ofSource -> ofSource.entrySet().stream())
                .mapToLong(interval -> interval.getValue() - interval.getKey() + 1)
                .sum();
    }

    public boolean contains(Gtid gtid) {
        NavigableMap<Long, Long> ofSource = intervals.get(gtid.source());
        Map.Entry<Long, Long> interval = ofSource == null ? null : ofSource.floorEntry(gtid.number());
        return interval != null && gtid.number() <= interval.getValue();
    }

    /** Whether each of the other set is in this one. */
    public boolean contains(GtidSet other) {
        return other.minus(this).isEmpty();
    }

    public GtidSet and(GtidSet other) {
        return new Builder().add(this).add(other).build();
    }

    public GtidSet minus(GtidSet other) {
        Builder left = new Builder().add(this);
        other.intervals.forEach(
                (source, ofSource) -> ofSource.forEach((first, last) -> left.remove(source, first, last)));
        return left.build();
    }

    /** What is in both. */
    public GtidSet within(GtidSet other) {
        return minus(minus(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GtidSet set && intervals.equals(set.intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    /** As a server writes it, without line breaks. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        String uuid = "";
        for (Map.Entry<String, NavigableMap<Long, Long>> each : intervals.entrySet()) {
            String[] source = each.getKey().split(":");
            if (!source[0].equals(uuid)) {
                uuid = source[0];
                text.append(text.isEmpty() ? "" : ",").append(uuid);
            }
            if (source.length > 1) {
                text.append(':').append(source[1]);
            }
            each.getValue()
                    .forEach((first, last) ->
                            text.append(':').append(first).append(first.equals(last) ? "" : "-" + last));
        }
        return text.toString();
    }

    /** Gathers a set; used by one thread. */
    public static final class Builder {
        private final NavigableMap<String, NavigableMap<Long, Long>> intervals = new TreeMap<>();

        public Builder add(Gtid gtid) {
            return add(gtid.source(), gtid.number(), gtid.number());
        }

        public Builder add(GtidSet set) {
            set.intervals.forEach((source, ofSource) -> ofSource.forEach((first, last) -> add(source, first, last)));
            return this;
        }

        /** @throws IllegalArgumentException if the first number is not from 1 to the last one */
        public Builder add(String source, long first, long last) {
            if (first < 1 || last < first) {
                throw new IllegalArgumentException("'" + first + "-" + last
                        + "' is no interval of GTIDs; must be from 1 on, and not end before it begins");
            }
            NavigableMap<Long, Long> ofSource = intervals.computeIfAbsent(source, name -> new TreeMap<>());
            long from = first;
            long to = last;
            // All that it overlaps or touches becomes one with it.
            Map.Entry<Long, Long> near = ofSource.floorEntry(to + 1);
            while (near != null && near.getValue() >= from - 1) {
                ofSource.remove(near.getKey());
                from = Math.min(from, near.getKey());
                to = Math.max(to, near.getValue());
                near = ofSource.floorEntry(to + 1);
            }
            ofSource.put(from, to);
            return this;
        }

        private void remove(String source, long first, long last) {
            NavigableMap<Long, Long> ofSource = intervals.get(source);
            if (ofSource == null) {
                return;
            }
            Map.Entry<Long, Long> hit = ofSource.floorEntry(last);
            while (hit != null && hit.getValue() >= first) {
                ofSource.remove(hit.getKey());
                if (hit.getKey() < first) {
                    ofSource.put(hit.getKey(), first - 1);
                }
                if (hit.getValue() > last) {
                    ofSource.put(last + 1, hit.getValue());
                }
                hit = ofSource.floorEntry(last);
            }
            if (ofSource.isEmpty()) {
                intervals.remove(source);
            }
        }

        public GtidSet build() {
            NavigableMap<String, NavigableMap<Long, Long>> copy = new TreeMap<>();
            intervals.forEach((source, ofSource) -> copy.put(source, new TreeMap<>(ofSource)));
            return new GtidSet(copy);
        }
    }
}
