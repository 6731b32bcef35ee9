package distributedmysql.mysql;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Power over a server's process; only for servers that the framework started, or that it may harm by the settings.
 * Thread-safe.
 *
 * <p>Every method throws {@link TopologyException} if it does not reach its end within a deadline of its own.
 */
public interface ServerControl {
    /** Whether the framework started it. One that it did not can be killed and started, and nothing else. */
    default boolean isOurs() {
        return true;
    }

    /** SIGKILL; returns when the process is gone. */
    void kill();

    /** SIGSTOP: the process keeps its sockets and answers nothing. Only of a server that is ours. */
    void pause();

    /** SIGCONT. Only of a server that is ours. */
    void resume();

    /**
     * Starts the server again on its data directory and port; returns when it accepts connections. One that is ours comes
     * back with {@code super_read_only=ON} whatever its role was, so that a former primary cannot take writes beside the
     * new one; whoever knows its role lifts that.
     */
    void start(Duration deadline);

    /** Whether its process runs; of a server of the user's, which only a connection can tell, whether it answers. */
    boolean isAlive();

    /**
     * How its process has ended, if the run has neither ended it nor let it end ({@link #mayEnd}): with which exit code. Empty while
     * it runs, and where that is not known. Nobody starts it again by itself.
     */
    default Optional<String> unexpectedEnd() {
        return Optional.empty();
    }

    /**
     * From now on such an end is told as soon as it comes, in a line that names the server and has the end of its error log.
     *
     * @param told is called on a thread of its own
     */
    default void onUnexpectedEnd(Consumer<String> told) {}

    /** Until the next start its end is none of the unexpected ones: what is done to it next may make it end by itself. */
    default void mayEnd() {}

    /** Each time that a command of the user's was run for this server, in order; none of a server that is ours. */
    default List<HookRun> hooks() {
        return List.of();
    }

    /**
     * The operating system's process id, for readings of memory and processor time; empty where the process is not of this
     * machine, or has ended.
     */
    OptionalLong pid();

    /** The file of this machine that the server writes its errors to, since its first start; empty where there is none. */
    default Optional<Path> errorLog() {
        return Optional.empty();
    }

    /** Its network to its peers, where it has one beside the clients' that can be cut. */
    default Optional<ReplicationNetwork> replicationNetwork() {
        return Optional.empty();
    }
}
