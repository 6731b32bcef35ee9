package distributedmysql.mysql;

/**
 * Replication's statements by server version, of which {@link Capability} knows. Those that change something change the
 * default channel and no other.
 */
public record ReplicationSql(ServerVersion version) {
    private static final String DEFAULT_CHANNEL = " FOR CHANNEL ''";

    public String status() {
        return replica("SHOW REPLICA STATUS");
    }

    /** A column of {@link #status()}, given by its present name. */
    public String column(String name) {
        return Capability.REPLICA_STATEMENTS.in(version) ? name : oldNames(name);
    }

    /** File, place and GTIDs of the binary log, and what does not come into it. */
    public String binlogStatus() {
        return Capability.BINARY_LOG_STATUS.in(version) ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
    }

    public String startThreads() {
        return onDefaultChannel("START REPLICA");
    }

    /**
     * With a placeholder for a GTID set; the applier ends by itself once all of it is executed
     * (https://dev.mysql.com/doc/refman/8.0/en/start-replica.html).
     */
    public String startThreadsUntil() {
        return onDefaultChannel("START REPLICA UNTIL SQL_AFTER_GTIDS = ?");
    }

    public String stopThreads() {
        return onDefaultChannel("STOP REPLICA");
    }

    public String startReceiver() {
        return onDefaultChannel("START REPLICA IO_THREAD");
    }

    public String stopReceiver() {
        return onDefaultChannel("STOP REPLICA IO_THREAD");
    }

    public String startApplier() {
        return onDefaultChannel("START REPLICA SQL_THREAD");
    }

    public String stopApplier() {
        return onDefaultChannel("STOP REPLICA SQL_THREAD");
    }

    /** Forgets the source, the account and the relay logs. */
    public String forgetSource() {
        return onDefaultChannel("RESET REPLICA ALL");
    }

    /** Empties the binary logs and forgets every executed GTID. */
    public String forgetHistory() {
        return Capability.RESET_BINARY_LOGS.in(version) ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER";
    }

    /** With placeholders for host, port, user and password. */
    public String changeSource() {
        String statement = "CHANGE REPLICATION SOURCE TO SOURCE_HOST = ?, SOURCE_PORT = ?, SOURCE_USER = ?,"
                + " SOURCE_PASSWORD = ?, SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1,"
                + " SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 86400, SOURCE_HEARTBEAT_PERIOD = 1"
                + DEFAULT_CHANNEL;
        return changed(statement);
    }

    /**
     * On a channel of its own, to execute relay logs that are there already, from nobody. With a placeholder for the first file's name. A host
     * must be named, to which nobody connects.
     */
    public String relayLogsOf(String channel) {
        String statement = "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'nobody', SOURCE_AUTO_POSITION = 0,"
                + " RELAY_LOG_FILE = ?, RELAY_LOG_POS = 4 FOR CHANNEL '" + channel + "'";
        return changed(statement);
    }

    public String startApplierOf(String channel) {
        return replica("START REPLICA SQL_THREAD FOR CHANNEL '" + channel + "'");
    }

    public String stopThreadsOf(String channel) {
        return replica("STOP REPLICA FOR CHANNEL '" + channel + "'");
    }

    public String forgetSourceOf(String channel) {
        return replica("RESET REPLICA ALL FOR CHANNEL '" + channel + "'");
    }

    /** With a placeholder for the address that the receiver connects from. */
    public String bindReceiver() {
        String statement = "CHANGE REPLICATION SOURCE TO SOURCE_BIND = ?" + DEFAULT_CHANNEL;
        return changed(statement);
    }

    private String changed(String statement) {
        return Capability.CHANGE_REPLICATION_SOURCE.in(version)
                ? statement
                : oldNames(statement.replace("REPLICATION SOURCE TO", "MASTER TO"));
    }

    private String onDefaultChannel(String statement) {
        return replica(statement) + DEFAULT_CHANNEL;
    }

    private String replica(String statement) {
        return Capability.REPLICA_STATEMENTS.in(version) ? statement : oldNames(statement);
    }

    private static String oldNames(String text) {
        return text.replace("REPLICA", "SLAVE")
                .replace("SOURCE", "MASTER")
                .replace("Replica", "Slave")
                .replace("Source", "Master");
    }
}
