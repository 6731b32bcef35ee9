package distributedmysql.report.html;

import distributedmysql.report.Figure;
import distributedmysql.report.Section;
import java.util.List;

/**
 * One experiment's part of the page.
 *
 * @param console what the console says of it
 */
record ExperimentView(String key, String title, List<Figure> figures, List<PlotView> plots, String console) {
    static ExperimentView of(String key, Section section, PlotView.Plots plots) {
        return new ExperimentView(
                key,
                Words.title(key),
                section.figures(),
                plots.add(section.plots()),
                String.join("\n", section.console(part -> "")));
    }
}
