package distributedmysql.load;

import com.zaxxer.hikari.HikariConfig;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.Node;
import java.sql.Connection;
import java.sql.SQLException;

/** Which server is at the other end of a pool's connections. */
interface Behind {
    /** The one server, or one that is to be expected at present. */
    Node node();

    /** Whether there may be several. */
    boolean spreads();

    /** For people: of the server, or of the endpoint. */
    String name();

    /** The server of one connection; does not ask it. */
    Node of(Connection connection) throws SQLException;

    /** Changes where the pool connects to, if that is not {@link #node()}. */
    void connectBy(HikariConfig config, String database, CapWaits waits);

    /** See {@link EndpointAnswers#add}. */
    void answered(Node node, long from, long to, boolean write, int code);

    /** A server that is connected to directly. */
    record Server(Node node) implements Behind {
        @Override
        public boolean spreads() {
            return false;
        }

        @Override
        public String name() {
            return node.name();
        }

        @Override
        public Node of(Connection connection) {
            return node;
        }

        @Override
        public void connectBy(HikariConfig config, String database, CapWaits waits) {
            // By the node's address, as it is.
        }

        @Override
        public void answered(Node answering, long from, long to, boolean write, int code) {
            // Nobody could be surprised at who answers.
        }
    }
}
