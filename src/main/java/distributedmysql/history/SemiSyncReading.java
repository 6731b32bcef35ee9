package distributedmysql.history;

/**
 * A primary's semi-synchronous status at one moment
 * (https://dev.mysql.com/doc/refman/8.0/en/replication-semisync-monitoring.html).
 *
 * @param micros on the run's clock, when the reading was complete
 * @param node the name of the primary
 * @param on whether commits wait for a replica ({@code Rpl_semi_sync_source_status})
 * @param clients semi-synchronous replicas that are connected
 * @param yesTx commits that a replica acknowledged, since the server's start
 * @param noTx commits that no replica acknowledged in time, since the server's start
 */
public record SemiSyncReading(long micros, String node, boolean on, long clients, long yesTx, long noTx) {}
