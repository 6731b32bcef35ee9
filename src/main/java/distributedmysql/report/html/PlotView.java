package distributedmysql.report.html;

import distributedmysql.report.Plot;
import java.util.ArrayList;
import java.util.List;

/**
 * A picture's place in the page.
 *
 * @param number where its data is among those of the page
 * @param wide whether it needs the whole width: it is of times at which something happened, or has much in it
 */
record PlotView(int number, String title, String reading, boolean wide) {
    private static final int MANY_POINTS = 150;
    private static final int MANY_MARKS = 3;

    /** All pictures of the page, in their order. */
    static final class Plots {
        private final List<Plot> plots = new ArrayList<>();

        List<PlotView> add(List<Plot> more) {
            return more.stream().map(this::add).toList();
        }

        private PlotView add(Plot plot) {
            plots.add(plot);
            boolean many =
                    plot.series().stream().anyMatch(series -> series.points().size() > MANY_POINTS);
            return new PlotView(
                    plots.size() - 1,
                    plot.title(),
                    plot.reading(),
                    many || plot.marks().size() >= MANY_MARKS);
        }

        List<Plot> all() {
            return plots;
        }
    }
}
