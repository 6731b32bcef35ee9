package distributedmysql.report;

import java.util.List;
import java.util.function.UnaryOperator;

/** What one experiment has measured: a record that Jackson writes under the experiment's key of the JSON summary. */
public interface Section {
    /**
     * What the console says of it at the end of the run; none if nothing.
     *
     * @param mark of a part of the run, what is to stand behind its figures: empty, or that this machine may have spoilt them
     */
    List<String> console(UnaryOperator<String> mark);

    /** By what runs are compared, beside their stages: figures above 0, with names that begin with what they are of; mostly none. */
    default List<Metric> metrics() {
        return List.of();
    }

    /** What people look for first in it, the most important figure first; a figure that was not measured is left out. */
    default List<Figure> figures() {
        return List.of();
    }

    /** Its pictures in the HTML report, in the order in which they are looked at; none where nothing was measured. */
    default List<Plot> plots() {
        return List.of();
    }
}
