package distributedmysql.ledger;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.Settings;
import java.time.Duration;

/**
 * The load of a ledger, and how long it has patience.
 *
 * @param writeRate numbered writes per second to the primary (open model)
 * @param readRate reads per second of the replicas (open model)
 * @param database that the table is in, as the settings name it
 * @param connection of the load's pools, which are its own
 * @param deadline for the table to be on every node, and for each node to be read in the end
 */
public record LedgerPlan(
        int writeRate, int readRate, String database, ConnectionSettings connection, Duration deadline) {
    /** Most connections to one server: requests to one that is down wait for a connection, and hold none. */
    public static final int POOL_SIZE = 16;

    /** The requests wait as long as those of any other load. */
    public static LedgerPlan patient(int writeRate, int readRate, Settings settings, Duration deadline) {
        return new LedgerPlan(
                writeRate,
                readRate,
                settings.data().database(),
                small(
                        settings.connection(),
                        settings.connection().poolTimeout(),
                        settings.connection().connectTimeout()),
                deadline);
    }

    /** The same load, which soon gives up a dead server: a request waits so long for a connection, and connecting takes no longer. */
    public LedgerPlan impatient(Duration poolTimeout) {
        return new LedgerPlan(writeRate, readRate, database, small(connection, poolTimeout, poolTimeout), deadline);
    }

    private static ConnectionSettings small(
            ConnectionSettings connection, Duration poolTimeout, Duration connectTimeout) {
        return new ConnectionSettings(
                Math.min(POOL_SIZE, connection.poolSize()),
                poolTimeout,
                connectTimeout,
                connection.socketTimeout(),
                connection.statementTimeout(),
                connection.serverPreparedStatements(),
                connection.sslMode(),
                connection.caFile(),
                connection.trustStorePasswordEnv());
    }

    /** How long after its arrival the last request may end. */
    public Duration longestRequest() {
        return connection.poolTimeout().plus(connection.connectTimeout()).plus(connection.socketTimeout());
    }
}
