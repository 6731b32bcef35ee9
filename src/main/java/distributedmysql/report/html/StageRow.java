package distributedmysql.report.html;

import distributedmysql.report.LatencySummary;
import distributedmysql.report.RunReport;
import distributedmysql.report.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stage.
 *
 * @param latencies p50, p95, p99 and the greatest; a dash for each that is not known
 * @param notes what spoils its figures, or why requests failed
 * @param requests by name
 */
record StageRow(
        String name,
        String load,
        String rate,
        String requests,
        String errors,
        boolean failed,
        List<String> latencies,
        String poolWait,
        String generator,
        List<String> notes,
        List<NamedRow> byRequest) {
    private static final String NONE = "–";

    /** The requests of one name. */
    record NamedRow(String name, String rate, String requests, String errors, List<String> latencies) {}

    static List<StageRow> all(RunReport report) {
        Set<String> busy =
                report.machine() == null ? Set.of() : report.machine().busyParts();
        return report.stages().stream()
                .map(stage -> of(stage, busy.contains(stage.name())))
                .toList();
    }

    private static StageRow of(Stage stage, boolean busy) {
        return new StageRow(
                stage.name(),
                load(stage),
                Words.rate(stage.achievedQps()),
                Words.count(stage.requests()),
                Words.count(stage.failed()),
                stage.failed() > 0,
                latencies(stage.latencyMicros()),
                stage.poolWaitMicros() == null
                        ? NONE
                        : millis(stage.poolWaitMicros().p99()),
                stage.generator() == null
                        ? NONE
                        : Words.format("%.0f %%", stage.generator().cpuPercent()),
                notes(stage, busy),
                stage.byRequest().stream()
                        .map(request -> new NamedRow(
                                request.name(),
                                Words.rate(request.achievedQps()),
                                Words.count(request.requests()),
                                Words.count(request.errors()),
                                latencies(request.latencyMicros())))
                        .toList());
    }

    private static String load(Stage stage) {
        if (stage.targetQps() != null) {
            return Words.format("%,.0f/s", stage.targetQps());
        }
        return stage.concurrency() == null ? NONE : stage.concurrency() + " at once";
    }

    private static List<String> latencies(@Nullable LatencySummary latency) {
        return latency == null
                ? List.of(NONE, NONE, NONE, NONE)
                : List.of(millis(latency.p50()), millis(latency.p95()), millis(latency.p99()), millis(latency.max()));
    }

    /** The unit is in the table's head. */
    private static String millis(double micros) {
        return Words.millis(micros).replace(" ms", "");
    }

    private static List<String> notes(Stage stage, boolean busy) {
        List<String> notes = new ArrayList<>();
        if (stage.interrupted() != null) {
            notes.add("interrupted: the figures are those of a part");
        }
        if (busy) {
            notes.add("this machine was busy, and may have spoilt the figures");
        }
        if (stage.generator() != null && stage.generator().warning() != null) {
            notes.add(stage.generator().warning());
        }
        if (stage.limitedByCap() != null) {
            notes.add("external.max-rate was the limit, and not the servers");
        }
        stage.errors()
                .forEach(error -> notes.add(Words.format(
                        "%,d × SQLState %s, error %d: %s",
                        error.count(), error.sqlState(), error.code(), error.message())));
        return notes;
    }
}
