package distributedmysql.config;

/** What the ceilings count, for tests of other packages that count on the servers. */
public final class DeclaredRequests {
    private DeclaredRequests() {}

    /**
     * Of the consistency part, in its whole duration.
     *
     * @param what a pattern of the items' last words, for instance {@code writes}
     */
    public static double ofProbes(Settings settings, int replicas, String what) {
        double perSecond = new Requests(settings, replicas)
                .demands().stream()
                        .filter(demand -> demand.part().equals("consistency"))
                        .flatMap(demand -> demand.items().stream())
                        .filter(item -> item.what().matches("(.*: )?" + what))
                        .mapToDouble(Demand.Item::number)
                        .sum();
        return perSecond * settings.consistency().duration().toNanos() / 1e9;
    }
}
