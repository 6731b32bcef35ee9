package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonValue;
import distributedmysql.check.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A picture of what was measured, for people; the HTML report draws it, and has the same figures as a table behind it. Not part of the
 * JSON summary.
 *
 * @param title what it shows, in a few words, unlike those of all other plots of the run
 * @param reading how to read it, in one or two sentences
 * @param series at least one with at least one point
 * @param marks what happened at a value of the horizontal axis, such as a fault; mostly none
 */
public record Plot(String title, String reading, Axis x, Axis y, List<Series> series, List<Mark> marks) {
    /** How an axis is divided. */
    public enum Scale {
        LINEAR,
        /** All values are above 0. */
        LOGARITHMIC,
        /** Percentiles from 0 to below 100, the last ones wide: each further 9 has the same room. */
        PERCENTILE;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a series is drawn. */
    public enum Style {
        LINE,
        POINTS,
        /**
         * With its place in its middle, as wide as it is to the next one; stacked on the bars of the series before it that have the same
         * horizontal places.
         */
        BARS;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param label with its unit, as in {@code time, s}
     */
    public record Axis(String label, Scale scale) {
        public static Axis linear(String label) {
            return new Axis(label, Scale.LINEAR);
        }

        public static Axis logarithmic(String label) {
            return new Axis(label, Scale.LOGARITHMIC);
        }
    }

    /** @param points by rising x */
    public record Series(String name, Style style, List<Point> points) {
        public static Series line(String name, List<Point> points) {
            return new Series(name, Style.LINE, points);
        }

        /**
         * @param measured by rising x
         * @param y null of what is not known
         */
        public static <T> Series line(
                String name, List<T> measured, ToDoubleFunction<T> x, Function<T, @Nullable Double> y) {
            return line(
                    name,
                    measured.stream()
                            .map(each -> Point.of(x.applyAsDouble(each), y.apply(each)))
                            .toList());
        }

        /** Whether anything is known. */
        public boolean hasValue() {
            return points.stream().map(Point::y).anyMatch(Objects::nonNull);
        }
    }

    /**
     * @param y null where nothing is known: a gap
     * @param low where the band around y begins; null, as {@code high}, if there is none
     */
    public record Point(
            double x,
            @Nullable Double y,
            @Nullable Double low,
            @Nullable Double high) {
        public static Point of(double x, @Nullable Double y) {
            return new Point(x, y, null, null);
        }

        /** A share and its interval in percent; a gap where they are not known. */
        public static Point percent(double x, @Nullable Double share, @Nullable Interval ci95) {
            return share == null || ci95 == null
                    ? of(x, null)
                    : new Point(x, 100 * share, 100 * ci95.low(), 100 * ci95.high());
        }
    }

    /** A vertical line. */
    public record Mark(double x, String label) {}

    public Plot {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
    }
}
