package distributedmysql.comparison;

import distributedmysql.statistics.ChangePoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Runs of many nights, and when their metrics changed. The probability that one or more changes of all metrics is found where there is none is
 * 5 %, shared among them evenly.
 *
 * @param runs how many
 * @param from start of the first one
 * @param to start of the last one
 * @param changes in the order of time
 * @param unchanged metrics without a change
 * @param tooFew metrics of which there are too few values, or one that is 0
 * @param leftOut what is in the directory and was not looked at, and why
 */
record RunHistory(
        int runs,
        Instant from,
        Instant to,
        List<Change> changes,
        List<String> unchanged,
        List<String> tooFew,
        List<String> leftOut) {
    private static final double WRONG = 0.05;

    static RunHistory of(Runs runs) {
        List<ComparedRun> all = runs.all();
        Set<String> names = new LinkedHashSet<>();
        all.forEach(run -> names.addAll(run.metrics().keySet()));
        List<String> enough =
                names.stream().filter(name -> isEnough(name, having(name, all))).toList();
        List<Change> changes = enough.parallelStream()
                .flatMap(name -> changes(name, having(name, all), WRONG / enough.size()).stream())
                .toList();
        List<Change> inTime = new ArrayList<>(changes);
        inTime.sort((one, other) -> one.start().compareTo(other.start()));
        Set<String> changed = new LinkedHashSet<>();
        changes.forEach(change -> changed.add(change.metric()));
        return new RunHistory(
                all.size(),
                all.get(0).start(),
                all.get(all.size() - 1).start(),
                inTime,
                enough.stream().filter(name -> !changed.contains(name)).toList(),
                names.stream().filter(name -> !enough.contains(name)).toList(),
                runs.leftOut());
    }

    private static List<ComparedRun> having(String name, List<ComparedRun> runs) {
        return runs.stream().filter(run -> run.metrics().containsKey(name)).toList();
    }

    private static boolean isEnough(String name, List<ComparedRun> runs) {
        return runs.size() >= ChangePoints.LEAST_VALUES
                && runs.stream().allMatch(run -> run.metrics().get(name).value() > 0);
    }

    private static List<Change> changes(String name, List<ComparedRun> runs, double level) {
        List<Integer> found = ChangePoints.of(Change.logarithms(name, runs), level);
        return IntStream.range(0, found.size())
                .mapToObj(which -> Change.of(name, runs, Change.parts(found, which, runs.size())))
                .toList();
    }
}
