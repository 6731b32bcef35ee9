package distributedmysql.mysql;

import java.util.OptionalLong;

/**
 * What {@code SHOW REPLICA STATUS} says of one channel.
 *
 * @param ioRunning the receiver is connected to its source ({@code Replica_IO_Running} is {@code Yes}, not
 *     {@code Connecting})
 * @param sqlRunning the applier's coordinator runs
 * @param receiverError the receiver's last error; empty if there is none
 * @param applierError the applier's last error; empty if there is none
 * @param secondsBehindSource whole seconds; empty while the applier is stopped or the receiver is not connected
 * @param retrievedGtids received since the relay logs were last reset
 * @param executedGtids everything that the replica has executed, from whatever source
 */
public record ReplicaStatus(
        Channel channel,
        boolean ioRunning,
        boolean sqlRunning,
        String receiverError,
        String applierError,
        OptionalLong secondsBehindSource,
        String retrievedGtids,
        String executedGtids) {

    /**
     * One of the sources of a replica.
     *
     * @param name empty for the default channel
     * @param source its host and port, as configured
     * @param sourceUuid empty until the receiver has first been connected
     */
    public record Channel(String name, String source, String sourceUuid) {
        /** For messages: the source, and the channel's name if it has one. */
        @Override
        public String toString() {
            return source + (name.isEmpty() ? "" : " (channel " + name + ")");
        }
    }

    public String sourceUuid() {
        return channel.sourceUuid();
    }

    public boolean running() {
        return ioRunning && sqlRunning;
    }

    /** The receiver's and the applier's last errors; empty if there is none. */
    public String lastError() {
        return receiverError + (receiverError.isEmpty() || applierError.isEmpty() ? "" : "; ") + applierError;
    }

    @Override
    public String toString() {
        return "IO thread " + (ioRunning ? "running" : "not running") + ", applier "
                + (sqlRunning ? "running" : "not running") + ", executed " + executedGtids
                + (lastError().isEmpty() ? "" : ", last error: " + lastError());
    }
}
