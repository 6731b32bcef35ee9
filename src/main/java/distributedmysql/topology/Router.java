package distributedmysql.topology;

import java.nio.file.Path;
import java.util.List;

/** A program in front of a replica set that the run has started, and ends. */
public interface Router extends AutoCloseable {
    /** At most one for each role; they lead to the right servers. */
    List<Endpoint> endpoints();

    /** What it writes; gone once it is closed. */
    Path logFile();

    /** Does nothing the second time. */
    @Override
    void close();
}
