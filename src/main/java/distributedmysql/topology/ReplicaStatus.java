package distributedmysql.topology;

import java.util.OptionalLong;

/**
 * What {@code SHOW REPLICA STATUS} says of the default channel.
 *
 * @param ioRunning the receiver is connected to its source ({@code Replica_IO_Running} is {@code Yes}, not
 *     {@code Connecting})
 * @param sqlRunning the applier's coordinator runs
 * @param lastError the receiver's and the applier's last errors; empty if there is none
 * @param secondsBehindSource whole seconds; empty while the applier is stopped or the receiver is not connected
 * @param retrievedGtids received since the relay logs were last reset
 * @param executedGtids everything that the replica has executed, from whatever source
 * @param sourceUuid empty until the receiver has first been connected
 */
public record ReplicaStatus(
        boolean ioRunning,
        boolean sqlRunning,
        String lastError,
        OptionalLong secondsBehindSource,
        String retrievedGtids,
        String executedGtids,
        String sourceUuid) {

    public boolean running() {
        return ioRunning && sqlRunning;
    }

    @Override
    public String toString() {
        return "IO thread " + (ioRunning ? "running" : "not running") + ", applier "
                + (sqlRunning ? "running" : "not running") + ", executed " + executedGtids
                + (lastError.isEmpty() ? "" : ", last error: " + lastError);
    }
}
