package distributedmysql.comparison;

import distributedmysql.config.Plural;
import distributedmysql.statistics.ChangePoints;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the console says of a history. */
final class HistoryTable {
    private HistoryTable() {}

    static List<String> lines(RunHistory history) {
        List<String> lines = new ArrayList<>();
        history.leftOut().forEach(each -> lines.add("left out: " + each));
        lines.add(Plural.of(history.runs(), "run") + " of one kind, from "
                + history.from().atOffset(ZoneOffset.UTC).toLocalDate() + " to "
                + history.to().atOffset(ZoneOffset.UTC).toLocalDate());
        for (Change change : history.changes()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s  %-44s %12s to %12s %9s  %s",
                    change.start().atOffset(ZoneOffset.UTC).toLocalDate(),
                    change.metric(),
                    ComparisonTable.value(change.before(), change.unit()),
                    ComparisonTable.value(change.after(), change.unit()),
                    String.format(Locale.ROOT, "%+.1f %%", change.changePercent()),
                    change.finding().label()));
            change.alsoChanged().forEach(each -> lines.add("            also changed then: " + each.text()));
        }
        if (!history.tooFew().isEmpty()) {
            lines.add("Not judged, because too few runs have it (it takes " + ChangePoints.LEAST_VALUES
                    + ") or a value is 0: " + String.join("; ", history.tooFew()));
        }
        lines.add(Plural.of(history.changes().size(), "change") + "; none in "
                + Plural.of(history.unchanged().size(), "metric")
                + "; 5 % is the probability that one or more are found where nothing has changed");
        return lines;
    }
}
