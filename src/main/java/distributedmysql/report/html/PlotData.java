package distributedmysql.report.html;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Style;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pictures' data as the script reads it: a column for each of x, y, low and high, with six digits. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlotData(String title, Plot.Axis x, Plot.Axis y, List<Column> series, List<Plot.Mark> marks) {
    /** More points cannot be told apart on a screen. */
    static final int MOST_POINTS = 600;

    private static final int DIGITS = 6;

    /** What the data of all pictures may take, so that the page stays below 1.5 MB. */
    static final int MOST_CHARACTERS = 1_100_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Column(
            String name,
            Style style,
            List<Double> x,
            List<Double> y,
            @Nullable List<Double> low,
            @Nullable List<Double> high,
            @Nullable Integer of) {}

    /**
     * As JSON that is safe within a script element.
     *
     * @throws JsonProcessingException if a figure cannot be written
     */
    static String json(List<Plot> plots) throws JsonProcessingException {
        for (int most = MOST_POINTS; ; most /= 2) {
            String text = safe(JSON.writeValueAsString(of(plots, most)));
            if (text.length() <= MOST_CHARACTERS || most <= 50) {
                return text;
            }
        }
    }

    private static List<PlotData> of(List<Plot> plots, int most) {
        return plots.stream()
                .map(plot -> new PlotData(
                        plot.title(),
                        plot.x(),
                        plot.y(),
                        plot.series().stream()
                                .map(series -> column(series, most))
                                .toList(),
                        plot.marks()))
                .toList();
    }

    private static Column column(Plot.Series series, int most) {
        List<Point> all = series.points();
        // A bar that is left out would look like nothing.
        List<Point> points = series.style() == Style.BARS ? all : Thinning.thinned(all, most);
        boolean hasBand = points.stream().anyMatch(point -> point.low() != null && point.high() != null);
        return new Column(
                series.name(),
                series.style(),
                values(points, Point::x),
                values(points, Point::y),
                hasBand ? values(points, Point::low) : null,
                hasBand ? values(points, Point::high) : null,
                points.size() < all.size() ? all.size() : null);
    }

    private static List<Double> values(List<Point> points, Function<Point, Double> figure) {
        List<Double> values = new ArrayList<>(points.size());
        points.forEach(point -> values.add(rounded(figure.apply(point))));
        return values;
    }

    /** Null also of what no JSON can say: not a number, or infinite. */
    private static @Nullable Double rounded(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return null;
        }
        return new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue();
    }

    /** Nothing in it ends the element, begins a comment, or is a line end to a script. */
    private static String safe(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
