package distributedmysql.topology;

import distributedmysql.config.ExternalSettings;
import distributedmysql.config.HostPort;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Servers that are already there. They are connected to, never started, stopped or reconfigured. */
public final class ExternalTopology implements Topology {
    private final ExternalSettings settings;
    private final Map<String, String> environment;

    /**
     * @param environment where the password is, usually {@link System#getenv()}
     */
    public ExternalTopology(ExternalSettings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    @Override
    public Cluster start() {
        String password = environment.get(settings.passwordEnv());
        if (password == null) {
            throw new TopologyException("external.password-env = " + settings.passwordEnv()
                    + ": the environment variable is not set; it must hold the password of " + settings.user());
        }
        Credentials credentials = new Credentials(settings.user(), password);
        Node primary = find("node1", settings.primary(), credentials);
        List<Node> replicas = new ArrayList<>();
        for (HostPort address : settings.replicas()) {
            Node replica = find("node" + (replicas.size() + 2), address, credentials);
            requireFollows(replica, primary);
            replicas.add(replica);
        }
        return new Cluster("external", primary, replicas, () -> {});
    }

    private static Node find(String name, HostPort address, Credentials credentials) {
        try (Connection connection = Node.connect(address, credentials);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION(), @@server_uuid")) {
            row.next();
            return new Node(
                    name,
                    address,
                    ServerVersion.parse(row.getString(1)),
                    row.getString(2),
                    credentials,
                    credentials,
                    Optional.empty());
        } catch (SQLException e) {
            throw new TopologyException(address + " as " + credentials.user() + ": cannot connect: "
                    + e.getMessage().lines().findFirst().orElse("") + " (SQLState " + e.getSQLState() + ", error "
                    + e.getErrorCode() + "); check external.*");
        }
    }

    private static void requireFollows(Node replica, Node primary) {
        String query =
                "SELECT SOURCE_UUID FROM performance_schema.replication_connection_status WHERE SERVICE_STATE = 'ON'";
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                if (primary.serverUuid().equals(rows.getString(1))) {
                    return;
                }
            }
        } catch (SQLException e) {
            throw new TopologyException(replica + ": cannot read the replication status: " + e.getMessage());
        }
        throw new TopologyException(replica + " does not replicate from " + primary
                + "; check external.replicas, and SHOW REPLICA STATUS on the replica");
    }
}
