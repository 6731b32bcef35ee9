package distributedmysql.topology;

import distributedmysql.mysql.Node;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A server of its own beside the deployment: fresh, with its own port and its own directory below the run's. It writes no
 * binary log, runs no event of its data's, replicates from nobody, and does not survive a loss of power: it is there to be looked at.
 * Killed and removed when it is closed, and with the run.
 *
 * <p>Used by one thread.
 */
public interface SpareServer extends AutoCloseable {
    /** Where its data is, or goes before {@link #startOnData}; does not exist before. */
    Path dataDirectory();

    /**
     * Starts it on a new, empty data directory.
     *
     * @throws distributedmysql.mysql.TopologyException if it takes no connections within the deadline
     */
    Node startEmpty(Duration deadline);

    /**
     * Starts it on the data that somebody has put into its directory. Beside the accounts there it has one of its own, which the
     * node has.
     *
     * @throws distributedmysql.mysql.TopologyException if it takes no connections within the deadline; with the end of its error log
     */
    Node startOnData(Duration deadline);

    /**
     * Ends it as an administrator would, takes its own account away, and moves its data into a directory. Its GTIDs stay as they are.
     *
     * @param directory exists and is empty
     * @throws distributedmysql.mysql.TopologyException if it does not end within the deadline, or the data cannot be moved; then the directory
     *     is empty again
     */
    void handOver(Path directory, Duration deadline);

    /** Kills it and removes its directory. Does nothing the second time. */
    @Override
    void close();
}
