package distributedmysql.experiment.consistency;

import distributedmysql.experiment.consistency.judge.ReadAfterWrite.Cell;
import distributedmysql.experiment.consistency.judge.Visibility;
import distributedmysql.history.Strategy;
import distributedmysql.monitor.ReplicaLag;
import distributedmysql.monitor.ReplicaLag.LagPoint;
import distributedmysql.monitor.ReplicationLagResult;
import distributedmysql.report.LatencyLines;
import distributedmysql.report.Plot;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pictures of the consistency experiment; those of what was not measured are left out. */
final class ConsistencyPlots {
    private ConsistencyPlots() {}

    static List<Plot> of(Consistency consistency) {
        List<Plot> plots = new ArrayList<>();
        if (consistency.readAfterWrite() != null) {
            fresh(consistency.readAfterWrite(), plots);
        }
        if (consistency.readLatencyMicros() != null) {
            cost(consistency.readLatencyMicros(), plots);
        }
        if (consistency.visibilityMicros() != null) {
            visible(consistency.visibilityMicros(), plots);
        }
        if (consistency.replicationLagMicros() != null) {
            consistency
                    .replicationLagMicros()
                    .replicas()
                    .forEach(replica -> lag(consistency.replicationLagMicros(), replica, plots));
        }
        return plots;
    }

    private static void fresh(List<Cell> cells, List<Plot> plots) {
        Map<Strategy, Map<String, List<Point>>> places = new TreeMap<>();
        for (Cell cell : cells) {
            // A delay of 0 came to be a little more, which has a place on a logarithmic axis.
            double millis = cell.actualDelayMicros() == null
                    ? cell.delayMillis()
                    : cell.actualDelayMicros().p50() / 1e3;
            if (millis > 0) {
                places.computeIfAbsent(cell.strategy(), any -> new LinkedHashMap<>())
                        .computeIfAbsent(cell.replica(), any -> new ArrayList<>())
                        .add(Point.percent(millis, cell.probabilityFresh(), cell.ci95()));
            }
        }
        places.forEach((strategy, byNode) -> {
            List<Series> series = byNode.entrySet().stream()
                    .map(node -> Series.line(node.getKey(), sorted(node.getValue())))
                    .filter(Series::hasValue)
                    .toList();
            if (!series.isEmpty()) {
                plots.add(new Plot(
                        "Fresh reads after a write: " + strategy.label(),
                        "How many of the reads that began this long after the acknowledgement of a write showed it. In 95 of 100 cases "
                                + "the true share is within the band.",
                        Axis.logarithmic("from acknowledgement to read (median), ms"),
                        Axis.linear("fresh reads, %"),
                        series,
                        List.of()));
            }
        });
    }

    private static List<Point> sorted(List<Point> points) {
        return points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    }

    private static void cost(List<Consistency.StrategyLatency> strategies, List<Plot> plots) {
        LatencyLines.distributions(
                        "What each read strategy costs",
                        "How long reads took under each strategy; the wait for the newest write is part of it. How far a line "
                                + "lies above that of the strategy replica is the price of fresher reads.",
                        strategies,
                        each -> each.strategy().label(),
                        Consistency.StrategyLatency::latencyMicros)
                .ifPresent(plots::add);
    }

    private static void visible(List<Visibility.Replica> replicas, List<Plot> plots) {
        List<Series> series = replicas.stream()
                .filter(replica -> replica.distribution() != null)
                .map(replica -> Series.line(replica.replica(), cumulative(replica)))
                .filter(Series::hasValue)
                .toList();
        if (!series.isEmpty()) {
            plots.add(new Plot(
                    "Writes visible on each replica",
                    "How many of the acknowledged writes a replica showed for good after this time. A line that ends below "
                            + "100 % has writes that took longer, or were never shown.",
                    Axis.logarithmic("since acknowledgement, ms"),
                    Axis.linear("writes visible, %"),
                    series,
                    List.of()));
        }
    }

    /** Of all writes whose end is known. */
    private static List<Point> cumulative(Visibility.Replica replica) {
        double share = (double) replica.samples() / (replica.samples() + replica.neverVisible());
        return Stream.concat(
                        replica.distribution().stream()
                                .filter(each -> each.micros() > 0)
                                .map(each -> Point.of(each.micros() / 1e3, each.percentile() * share)),
                        Stream.ofNullable(replica.max())
                                .filter(max -> max > 0)
                                .map(max -> Point.of(max / 1e3, 100 * share)))
                .toList();
    }

    private static void lag(ReplicationLagResult lag, ReplicaLag replica, List<Plot> plots) {
        long from = lag.loadFromMillis() == null ? 0 : lag.loadFromMillis();
        List<Series> series = Stream.of(
                        line("our probe", replica, from, LagPoint::probe),
                        line("server's timestamps", replica, from, LagPoint::server),
                        line("Seconds_Behind_Source", replica, from, LagPoint::secondsBehind))
                .filter(Series::hasValue)
                .toList();
        if (!series.isEmpty()) {
            plots.add(new Plot(
                    "Replication lag of " + replica.replica(),
                    "The highest lag in each interval, measured three ways. Where they disagree, believe the probe: it is "
                            + "what a client sees. Seconds_Behind_Source has whole seconds.",
                    Axis.linear("time since the load began, s"),
                    Axis.linear("lag, ms"),
                    series,
                    lag.loadToMillis() == null
                            ? List.of()
                            : List.of(new Mark((lag.loadToMillis() - from) / 1e3, "load ends"))));
        }
    }

    private static Series line(String name, ReplicaLag replica, long from, Function<LagPoint, @Nullable Long> micros) {
        return Series.line(
                name,
                replica.series(),
                point -> (point.atMillis() - from) / 1e3,
                point -> micros.apply(point) == null ? null : Double.valueOf(micros.apply(point) / 1e3));
    }
}
