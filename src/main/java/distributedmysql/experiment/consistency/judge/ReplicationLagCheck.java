package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The check {@code replication lag}: was the lag of every replica measured, and did it stay below the limit, if there is
 * one? Without a limit a lag is a measurement, whatever it is. INVALID if a replica's 99th percentile is above the limit;
 * UNKNOWN if there are no replicas, or a replica has no samples or more missing ones than samples.
 *
 * <p>Transactions that a replica will never get are named, and count neither as lag nor against it here: the lag of all others
 * is measured, and whether the data are equal is for the comparison of tables to say.
 */
public final class ReplicationLagCheck {
    public static final String NAME = "replication lag";

    public static final Meaning MEANING = new Meaning(
            "A replica lagged by more than consistency.lag.limit-p99 allows.",
            "A replica could not be asked often enough, so its lag is not known; or there is no replica.",
            "Look what the replica's applier waits for: parallel workers, large transactions, disk, locks; if"
                    + " UNKNOWN, whether the replica or this machine was too busy to answer.");

    /** A set that was pieced together over years is in the report; a line is for a person. */
    private static final int LONGEST_SET = 200;

    private final Optional<Duration> limit;
    private final Duration resolution;

    /**
     * @param limit of the 99th percentile
     * @param resolution a lag may have been longer than it was measured by about so much
     */
    public ReplicationLagCheck(Optional<Duration> limit, Duration resolution) {
        this.limit = limit;
        this.resolution = resolution;
    }

    /** @param idle whether the primary committed nothing meanwhile */
    public CheckResult check(List<LagEvidence> replicas, boolean idle) {
        String nothing = idle ? "nothing was committed meanwhile; " : "";
        String evidence = nothing + describe(replicas);
        if (replicas.stream().anyMatch(this::isAboveLimit)) {
            return CheckResult.invalid(NAME, evidence);
        }
        if (replicas.isEmpty() || !replicas.stream().allMatch(ReplicationLagCheck::isMeasured)) {
            return CheckResult.unknown(NAME, evidence);
        }
        return CheckResult.valid(NAME, evidence);
    }

    private String describe(List<LagEvidence> replicas) {
        return replicas.isEmpty()
                ? "no replica"
                : replicas.stream().map(this::describe).collect(Collectors.joining("; "));
    }

    private static boolean isMeasured(LagEvidence replica) {
        return replica.samples() > 0
                && replica.missing() <= replica.samples()
                && replica.p99Micros().isPresent();
    }

    private boolean isAboveLimit(LagEvidence replica) {
        return limit.isPresent()
                && replica.p99Micros().isPresent()
                && replica.p99Micros().getAsLong() > limit.get().toNanos() / 1_000;
    }

    private String describe(LagEvidence replica) {
        String p99 = replica.p99Micros().isPresent()
                ? Evidence.millis(replica.p99Micros().getAsLong())
                : "unknown";
        String allowed = limit.map(most -> ", limit " + most.toMillis() + " ms").orElse("");
        String more = replica.p99Micros().isPresent() ? " (or up to " + resolution.toMillis() + " ms more)" : "";
        return replica.replica() + ": p99 " + p99 + more + allowed + ", " + Plural.of(replica.samples(), "sample")
                + ", " + replica.missing() + " missing" + describeGap(replica.neverGets());
    }

    private static String describeGap(String gtids) {
        if (gtids.isEmpty()) {
            return "";
        }
        String set = gtids.length() <= LONGEST_SET ? gtids : gtids.substring(0, LONGEST_SET) + "…";
        return "; it lacks transactions of the primary that it will never get, which are no lag: " + set;
    }
}
