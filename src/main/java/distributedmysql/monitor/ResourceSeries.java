package distributedmysql.monitor;

import distributedmysql.check.Quantity;
import distributedmysql.check.TimeSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the readings of one node. Thread-safe. */
final class ResourceSeries {
    private final String node;
    private final long startNanos;
    private final Map<Quantity, List<TimeSeries.Point>> points = new LinkedHashMap<>();
    private final Map<Quantity, String> missing = new LinkedHashMap<>();

    ResourceSeries(String node, long startNanos) {
        this.node = node;
        this.startNanos = startNanos;
    }

    /** A quantity that there should be readings of. */
    synchronized void expect(Quantity quantity) {
        points.computeIfAbsent(quantity, any -> new ArrayList<>());
    }

    synchronized void add(Quantity quantity, long nanos, double value) {
        expect(quantity);
        points.get(quantity).add(new TimeSeries.Point((nanos - startNanos) / 1e9, value));
        missing.remove(quantity);
    }

    /** Why there is no reading. */
    synchronized void missing(Quantity quantity, String why) {
        expect(quantity);
        missing.put(quantity, why);
    }

    synchronized List<TimeSeries> all() {
        return points.entrySet().stream()
                .map(entry -> new TimeSeries(entry.getKey(), node, entry.getValue(), missing.get(entry.getKey())))
                .toList();
    }
}
