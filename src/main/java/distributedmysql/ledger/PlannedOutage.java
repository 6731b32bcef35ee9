package distributedmysql.ledger;

/**
 * When requests are meant to fail: these are no KO in Gatling's report, and have a name of their own there.
 *
 * @param name what is planned, for instance {@code failover}
 * @param when may be asked at any time, by several threads
 */
public record PlannedOutage(String name, Time when) {
    /** Every request is meant to succeed. */
    public static final PlannedOutage NONE = new PlannedOutage("", (arrived, ended) -> false);

    /** The same, which ends later by this: what is in front of the servers follows their roles a little later. */
    PlannedOutage longer(long micros) {
        return new PlannedOutage(name, (arrived, ended) -> when.includes(arrived - micros, ended));
    }

    /** The time of the outage, which may not be over yet. */
    @FunctionalInterface
    public interface Time {
        /** Whether a request failed in it; times of the run's clock. */
        boolean includes(long arrivedMicros, long endedMicros);
    }
}
