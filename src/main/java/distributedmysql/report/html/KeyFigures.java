package distributedmysql.report.html;

import distributedmysql.load.record.StagePlan;
import distributedmysql.report.Figure;
import distributedmysql.report.Figure.Question;
import distributedmysql.report.RunReport;
import distributedmysql.report.Stage;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures of the first screen: what the run has measured of what people ask first. */
final class KeyFigures {
    private static final int MOST = 5;

    private KeyFigures() {}

    /** The first of each question, by the questions' order. */
    static List<Figure> of(RunReport report) {
        Map<Question, Figure> first = new EnumMap<>(Question.class);
        report.sections()
                .values()
                .forEach(section -> section.figures().forEach(figure -> first.putIfAbsent(figure.question(), figure)));
        latency(report.stages()).ifPresent(figure -> first.putIfAbsent(Question.LATENCY, figure));
        return first.values().stream().limit(MOST).toList();
    }

    /** Of the highest rate that was asked for: a closed load has as much latency as it has users. */
    private static Optional<Figure> latency(List<Stage> stages) {
        return stages.stream()
                .filter(stage -> stage.model() == StagePlan.Model.OPEN && stage.targetQps() != null)
                .filter(stage -> stage.latencyMicros() != null && stage.interrupted() == null)
                .max(Comparator.comparingDouble(Stage::targetQps))
                .map(stage -> new Figure(
                        Question.LATENCY,
                        Words.millis(stage.latencyMicros().p99()),
                        "99th percentile of " + stage.name()));
    }
}
