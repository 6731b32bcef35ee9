package distributedmysql.load;

import com.mysql.cj.MysqlConnection;
import com.zaxxer.hikari.HikariConfig;
import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.SessionSettings;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.ReplicaSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * The servers behind an endpoint. Each connection is asked once, when it is opened, which server it leads to; a router never leads
 * it to another one later. Thread-safe.
 */
final class BehindEndpoint implements Behind, ObservedConnections.Observer {
    private final Endpoint endpoint;
    private final ReplicaSet replicaSet;
    private final EndpointAnswers answers;
    // The driver's connections are equal only to themselves.
    private final Map<MysqlConnection, Node> servers = Collections.synchronizedMap(new WeakHashMap<>());

    BehindEndpoint(Endpoint endpoint, ReplicaSet replicaSet, EndpointAnswers answers) {
        this.endpoint = endpoint;
        this.replicaSet = replicaSet;
        this.answers = answers;
    }

    @Override
    public Node node() {
        return Endpoints.expected(endpoint, replicaSet);
    }

    @Override
    public boolean spreads() {
        return true;
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public Node of(Connection connection) throws SQLException {
        return servers.get(connection.unwrap(MysqlConnection.class));
    }

    @Override
    public void connectBy(HikariConfig config, String database, CapWaits waits) {
        String url = SessionSettings.url(endpoint.address(), database);
        Duration patience = Duration.ofMillis(config.getConnectionTimeout());
        config.setDataSource(new ObservedConnections(url, config.getDataSourceProperties(), waits, this, patience));
    }

    @Override
    public void answered(Node node, long from, long to, boolean write, int code) {
        answers.add(node, from, to, write, code);
    }

    @Override
    public void opened(Connection connection, long nanos) throws SQLException {
        try {
            Mysql session = Mysql.over(connection);
            String uuid = session.text("SELECT @@global.server_uuid");
            Optional<Node> server = replicaSet.node(uuid);
            if (server.isEmpty()) {
                throw new SQLException(endpoint + " leads to a server that is none of this run: server_uuid " + uuid
                        + ", which calls itself "
                        + session.text("SELECT CONCAT(@@global.hostname, ':', @@global.port)"));
            }
            servers.put(connection.unwrap(MysqlConnection.class), server.get());
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void failed(SQLException reason) {
        // Whoever waits for the connection learns it.
    }
}
