package distributedmysql.topology;

/** Replication's statements by server version, of which {@link Capability} knows. */
record ReplicationSql(ServerVersion version) {
    String status() {
        return replica("SHOW REPLICA STATUS");
    }

    /** A column of {@link #status()}, given by its present name. */
    String column(String name) {
        return Capability.REPLICA_STATEMENTS.in(version) ? name : oldNames(name);
    }

    String startThreads() {
        return replica("START REPLICA");
    }

    String stopThreads() {
        return replica("STOP REPLICA");
    }

    String startReceiver() {
        return replica("START REPLICA IO_THREAD");
    }

    String stopReceiver() {
        return replica("STOP REPLICA IO_THREAD");
    }

    String startApplier() {
        return replica("START REPLICA SQL_THREAD");
    }

    String stopApplier() {
        return replica("STOP REPLICA SQL_THREAD");
    }

    /** Forgets the source, the account and the relay logs. */
    String forgetSource() {
        return replica("RESET REPLICA ALL");
    }

    /** Empties the binary logs and forgets every executed GTID. */
    String forgetHistory() {
        return Capability.RESET_BINARY_LOGS.in(version) ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER";
    }

    /** With placeholders for host, port, user and password. */
    String changeSource() {
        String statement = "CHANGE REPLICATION SOURCE TO SOURCE_HOST = ?, SOURCE_PORT = ?, SOURCE_USER = ?,"
                + " SOURCE_PASSWORD = ?, SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1,"
                + " SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 86400, SOURCE_HEARTBEAT_PERIOD = 1";
        return Capability.CHANGE_REPLICATION_SOURCE.in(version)
                ? statement
                : oldNames(statement.replace("REPLICATION SOURCE TO", "MASTER TO"));
    }

    /** With a placeholder for the address that the receiver connects from. */
    String bindReceiver() {
        String statement = "CHANGE REPLICATION SOURCE TO SOURCE_BIND = ?";
        return Capability.CHANGE_REPLICATION_SOURCE.in(version)
                ? statement
                : oldNames(statement.replace("REPLICATION SOURCE TO", "MASTER TO"));
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
