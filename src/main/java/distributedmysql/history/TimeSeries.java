package distributedmysql.history;

import java.util.List;

/**
 * The readings of one quantity.
 *
 * @param node the server, or {@code client}
 * @param points in order of time
 * @param missing why there are none or too few, where that is known; null if it is not
 */
public record TimeSeries(Quantity quantity, String node, List<Point> points, String missing) {
    /** One reading, at so many seconds of the measurement. */
    public record Point(double seconds, double value) {}

    public TimeSeries {
        points = List.copyOf(points);
    }
}
