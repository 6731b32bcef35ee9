package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.Drift;
import distributedmysql.check.Leak;
import java.util.List;

/**
 * The stability part.
 *
 * @param soak null if it was not run
 * @param leaks null if the soak was not run
 * @param connectionSteps null if they were not run
 * @param connectionLimit null if the steps were not run
 * @param failover one for each replication mode; null if there were to be none, or none ran to its end
 * @param faults null if there were to be none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stability(
        Soak soak,
        List<Leak> leaks,
        List<ConnectionStepReport> connectionSteps,
        ConnectionLimit connectionLimit,
        List<Failover> failover,
        List<InjectedFault> faults) {

    @JsonIgnore
    public boolean isEmpty() {
        return soak == null && connectionLimit == null && failover == null && faults == null;
    }

    /**
     * A mixed load at a fixed rate; its sums are the stage of the same name.
     *
     * @param intervalSeconds length of each interval
     */
    public record Soak(String stage, double intervalSeconds, List<SoakInterval> intervals, List<Drift> drift) {}

    /**
     * @param node the server that the steps connected to
     * @param maxConnections its {@code max_connections}
     * @param connectedBefore its {@code Threads_connected} before the first step
     * @param connectedAfter the same after the last step; null if it could not be read
     * @param limitMetAt the first step that met error 1040; null if none did
     * @param recommendedConnections the pool size beyond which throughput no longer grows; null if no step can tell
     * @param reason why that many, or why none
     * @param skipped steps that were not run, because they do not fit and the server is not ours to exhaust
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConnectionLimit(
            String node,
            long maxConnections,
            long connectedBefore,
            Long connectedAfter,
            Integer limitMetAt,
            Integer recommendedConnections,
            String reason,
            List<Integer> skipped) {}
}
