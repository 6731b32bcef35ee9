package distributedmysql.experiment.failover;

import distributedmysql.experiment.failover.Failover.Round;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Plot.Style;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The pictures of one replication mode: how long each round took, and what clients saw in the slowest ones. */
final class FailoverPlots {
    private static final int MOST_ROUNDS = 3;

    private FailoverPlots() {}

    static List<Plot> of(Failover mode) {
        String name = "failover " + mode.mode();
        List<Round> rounds = mode.rounds();
        List<Plot> plots = new ArrayList<>();
        if (rounds.size() > 1) {
            byRound(name, rounds, plots);
        }
        Set<Integer> slowest = slowest(rounds);
        for (int i = 0; i < rounds.size(); i++) {
            if (slowest.contains(i)) {
                String title = name + (rounds.size() > 1 ? ", round " + (i + 1) : "");
                plots.addAll(rounds.get(i).timeline().plots(title, "the kill"));
            }
        }
        return plots;
    }

    private static void byRound(String name, List<Round> rounds, List<Plot> plots) {
        List<Series> series = List.of(
                points("until found dead", Style.BARS, rounds, Round::detectMillis),
                points("until promoted", Style.BARS, rounds, Round::promoteMillis),
                points("without acknowledged writes", Style.POINTS, rounds, Round::rtoMillis));
        List<Series> known = series.stream().filter(Series::hasValue).toList();
        if (!known.isEmpty()) {
            plots.add(new Plot(
                    name + ": time by round",
                    "What the time without writes is made of, and how much it differs from round to round. A point above its "
                            + "bar is what clients waited beyond the promotion.",
                    Axis.linear("round"),
                    Axis.linear("time, ms"),
                    known,
                    List.of()));
        }
    }

    private static Series points(
            String name, Style style, List<Round> rounds, Function<Round, @Nullable Double> millis) {
        return new Series(
                name,
                style,
                IntStream.range(0, rounds.size())
                        .mapToObj(i -> Point.of(i + 1, millis.apply(rounds.get(i))))
                        .toList());
    }

    /** Of the rounds with a timeline, those without writes for the longest time; one that never had any again is the slowest. */
    private static Set<Integer> slowest(List<Round> rounds) {
        Comparator<Integer> byTime = Comparator.comparingDouble(
                i -> Objects.requireNonNullElse(rounds.get(i).rtoMillis(), Double.MAX_VALUE));
        return IntStream.range(0, rounds.size())
                .boxed()
                .filter(i -> rounds.get(i).timeline() != null)
                .sorted(byTime.reversed())
                .limit(MOST_ROUNDS)
                .collect(Collectors.toSet());
    }
}
