package distributedmysql.topology;

import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.TopologyException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where servers beside the deployment come from, and what else they need: the programs of their distribution, and room for files.
 * Thread-safe.
 */
public interface SpareServers {
    /** Why there can be none; empty if there can. */
    Optional<String> impossible();

    /**
     * Of the servers that are started.
     *
     * @throws TopologyException if there can be none
     */
    ServerVersion version();

    /**
     * A server that does not run yet.
     *
     * @param purpose for its name, for instance {@code restored}
     * @throws TopologyException if there can be none
     */
    SpareServer prepare(String purpose);

    /**
     * A program of the servers' distribution.
     *
     * @param name for instance {@code mysqldump}
     * @throws TopologyException if there is none; says what to do
     */
    Program program(String name);

    /**
     * A place below the run's directory where nothing is yet. What is put there is removed with the run, if nobody does before.
     *
     * @throws TopologyException if there can be none
     */
    Path newPath(String purpose);

    /** Where none can be started. */
    static SpareServers none(String reason) {
        return new SpareServers() {
            @Override
            public Optional<String> impossible() {
                return Optional.of(reason);
            }

            @Override
            public ServerVersion version() {
                throw refused();
            }

            @Override
            public SpareServer prepare(String purpose) {
                throw refused();
            }

            @Override
            public Program program(String name) {
                throw refused();
            }

            @Override
            public Path newPath(String purpose) {
                throw refused();
            }

            private TopologyException refused() {
                return new TopologyException("no server can be started beside the deployment: " + reason);
            }
        };
    }
}
