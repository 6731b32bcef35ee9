package distributedmysql.monitor;

import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the readings of one node. Thread-safe. */
final class ResourceSeries {
    private final String node;
    private final long startNanos;
    private final Map<Quantity, List<Reading>> readings = new LinkedHashMap<>();
    private final Map<Quantity, String> missing = new LinkedHashMap<>();

    private record Reading(long nanos, double value) {}

    ResourceSeries(String node, long startNanos) {
        this.node = node;
        this.startNanos = startNanos;
    }

    /** A quantity that there should be readings of. */
    synchronized void expect(Quantity quantity) {
        readings.computeIfAbsent(quantity, any -> new ArrayList<>());
    }

    synchronized void add(Quantity quantity, long nanos, double value) {
        expect(quantity);
        readings.get(quantity).add(new Reading(nanos, value));
        missing.remove(quantity);
    }

    /** Why there is no reading. */
    synchronized void missing(Quantity quantity, String why) {
        expect(quantity);
        missing.put(quantity, why);
    }

    synchronized List<TimeSeries> in(LoadTime load) {
        return readings.entrySet().stream()
                .map(entry -> new TimeSeries(
                        entry.getKey(), node, points(entry.getValue(), load), missing.get(entry.getKey())))
                .toList();
    }

    private List<TimeSeries.Point> points(List<Reading> all, LoadTime load) {
        return all.stream()
                .filter(reading -> load.contains(reading.nanos))
                .map(reading -> new TimeSeries.Point((reading.nanos - startNanos) / 1e9, reading.value))
                .toList();
    }
}
