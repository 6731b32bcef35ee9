package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;

/**
 * Numbered moments of the primary, each of which a replica shows later. Each reading takes one and tells every node's
 * {@link PendingBeats} when it was certain.
 */
interface Beats extends Sampler.Reading {
    /** Below every beat. */
    long NONE_VISIBLE = 0;

    /** Of its sampler. */
    String name();

    /**
     * Makes what the readings need.
     *
     * @throws SQLException if the primary does not let it be made
     */
    void prepare() throws SQLException;

    /** Whether the primary was asked and has committed nothing meanwhile, so that a lag of 0 proves nothing. */
    boolean isIdle();

    /** The newest beat that a node shows; {@link #NONE_VISIBLE} if none. Called by one thread for each node. */
    long newestVisible(Node node, Mysql replica) throws SQLException;

    /** How long the primary took for each; missing are those that failed and those that were not taken in time. */
    LagStatistics micros(Sampler.Ticks overdue);
}
