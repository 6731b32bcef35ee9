package distributedmysql.experiment.soak;

import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A straight line in a picture, and the band in which it lies in 95 of 100 cases.
 *
 * @param slope per unit of x
 * @param low the least slope
 * @param high the greatest slope
 */
record Trend(double slope, double low, double high) {
    /** From one place to another; in the middle of both, where the band is narrowest, it has this value. */
    Series line(String name, double from, double to, double middleValue) {
        double middle = (from + to) / 2;
        List<Point> points = DoubleStream.of(from, middle, to)
                .mapToObj(x -> {
                    double one = middleValue + low * (x - middle);
                    double other = middleValue + high * (x - middle);
                    return new Point(x, middleValue + slope * (x - middle), Math.min(one, other), Math.max(one, other));
                })
                .toList();
        return Series.line(name, points);
    }
}
