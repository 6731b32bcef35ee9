package distributedmysql.config;

import distributedmysql.experiment.consistency.ConsistencySettings;
import java.util.List;

/** What the ceilings count, for tests of other packages that count on the servers. */
public final class DeclaredRequests {
    private DeclaredRequests() {}

    static List<Demand> all(Settings settings, int replicas) {
        return settings.ofPlayed().stream()
                .flatMap(experiment -> experiment.requests(settings, replicas).stream())
                .toList();
    }

    /**
     * Of the consistency part, in its whole duration.
     *
     * @param what a pattern of the items' last words, for instance {@code writes}
     */
    public static double ofProbes(Settings settings, int replicas, String what) {
        ConsistencySettings consistency = settings.of(ConsistencySettings.class);
        double perSecond = consistency.requests(settings, replicas).stream()
                .flatMap(demand -> demand.items().stream())
                .filter(item -> item.what().matches("(.*: )?" + what))
                .mapToDouble(Demand.Item::number)
                .sum();
        return perSecond * consistency.duration().toNanos() / 1e9;
    }
}
