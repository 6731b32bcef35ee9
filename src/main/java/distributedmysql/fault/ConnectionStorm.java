package distributedmysql.fault;

import distributedmysql.config.Plural;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens connections as the measured load does, until the server has no more (error 1040), or a limit of the fault's own
 * or of the account (1203, 1226) is met, and holds them.
 */
public final class ConnectionStorm extends ServerFault {
    private static final Duration OPEN_DEADLINE = Duration.ofSeconds(60);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(30);
    /** ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED. */
    private static final List<Integer> LIMITS = List.of(1040, 1203, 1226);

    private final int limit;
    private final List<Connection> held = new ArrayList<>();

    /** @param limit connections at most */
    public ConnectionStorm(Node node, int limit) {
        super("connection storm", node);
        if (limit < 1) {
            throw new IllegalArgumentException("connection storm of " + Plural.of(limit, "connection"));
        }
        this.limit = limit;
    }

    @Override
    String harm() {
        Deadline deadline = Deadline.after(OPEN_DEADLINE);
        while (held.size() < limit) {
            if (deadline.hasPassed()) {
                throw new TopologyException(node() + ": opened only " + held.size() + " of "
                        + Plural.of(limit, "connection") + " in " + OPEN_DEADLINE.toSeconds() + " s");
            }
            try {
                held.add(Node.connect(node().address(), node().load()));
            } catch (SQLException e) {
                if (LIMITS.contains(e.getErrorCode())) {
                    return opened() + "until error " + e.getErrorCode();
                }
                throw new TopologyException(node() + ": after " + Plural.of(held.size(), "connection") + ": "
                        + TopologyException.reason(e));
            }
        }
        return opened() + "as many as asked for";
    }

    @Override
    void repair() {
        if (held.isEmpty()) {
            return;
        }
        for (Connection connection : held) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // The server has closed it already.
            }
        }
        held.clear();
        Await.until(
                node() + ": the connections to be gone",
                CLOSE_DEADLINE,
                () -> {
                    try {
                        node().connect().close();
                        return true;
                    } catch (SQLException e) {
                        // Any other error than a limit is not of these connections' making.
                        return !LIMITS.contains(e.getErrorCode());
                    }
                },
                () -> "the limit is still reached");
    }

    private String opened() {
        return "opened " + Plural.of(held.size(), "connection") + ", ";
    }
}
