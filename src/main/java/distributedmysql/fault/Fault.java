package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.util.Optional;

/**
 * Something done to a server of ours, and how it is undone. Used by one thread at a time.
 *
 * <p>Every wait has a deadline; what does not come about is told by a {@link TopologyException}.
 */
public interface Fault {
    /** What it is, for the report, for instance {@code pause}. */
    String name();

    /** Where it is injected. */
    Node node();

    /** Why it cannot be injected on this machine; empty if it can. Changes nothing that lasts. */
    Optional<String> impossible();

    /**
     * Returns when the fault is there.
     *
     * @return what exactly was done, for the report
     */
    String inject();

    /**
     * Undoes what was done, also after an {@link #inject} that failed half-way; returns when the server is as it was
     * before, as far as it still has that role. Does nothing where nothing is left to be undone.
     */
    void heal();
}
