package distributedmysql.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler;

/** Requests per second of each generator by connections (closed model), as SVG. */
final class Plot {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 400;

    private Plot() {}

    /**
     * @param file its name ends with {@code .svg}
     * @return whether there was something to plot: the workload with several numbers of connections
     */
    static boolean write(List<Summary> summaries, Workload workload, Path file) throws IOException {
        List<Summary> plotted = summaries.stream()
                .filter(summary ->
                        summary.plan().workload() == workload && summary.plan().targetRate() == null)
                .toList();
        List<Integer> connections = plotted.stream()
                .map(summary -> summary.plan().connections())
                .distinct()
                .toList();
        if (connections.size() < 2) {
            return false;
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(workload.label())
                .xAxisTitle("connections")
                .yAxisTitle("requests per second")
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setYAxisDecimalPattern("#,##0");
        plotted.stream().map(Summary::generator).distinct().forEach(generator -> {
            List<Double> rates = new ArrayList<>();
            connections.forEach(
                    count -> rates.add(rate(plotted, generator, count).orElse(null)));
            chart.addSeries(generator.label(), connections, rates);
        });
        ChartEncoder.saveChart(chart, file.toString(), "svg");
        // VectorGraphics2D (0.13) puts its elements into no namespace, and Saxon, which Gatling brings, says so:
        // nothing is shown.
        Files.writeString(file, Files.readString(file).replace(" xmlns=\"\"", ""));
        return true;
    }

    private static Optional<Double> rate(List<Summary> summaries, GeneratorKind generator, int connections) {
        return summaries.stream()
                .filter(summary ->
                        summary.generator() == generator && summary.plan().connections() == connections)
                .map(summary -> summary.requestsPerSecond().median())
                .findFirst();
    }
}
