package distributedmysql.topology;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The primaries of all shards, told to another process by its environment. */
public final class PassedShards {
    private static final String PRIMARIES = "TEST_PRIMARIES";
    private static final String USER = "TEST_USER";
    private static final String PASSWORD = "TEST_PASSWORD";

    private PassedShards() {}

    public static Map<String, String> environment(Shards shards) {
        Credentials admin = shards.all().get(0).primary().admin();
        return Map.of(
                PRIMARIES,
                shards.all().stream()
                        .map(set -> set.primary().address().toString())
                        .collect(Collectors.joining(",")),
                USER,
                admin.user(),
                PASSWORD,
                admin.password().text());
    }

    /** In the other process. */
    public static List<ReplicaSet> received() throws SQLException {
        Credentials admin = new Credentials(System.getenv(USER), System.getenv(PASSWORD));
        List<ReplicaSet> sets = new ArrayList<>();
        for (String address : System.getenv(PRIMARIES).split(",")) {
            String name = Shards.name(sets.size());
            sets.add(new ReplicaSet(node(name, hostPort(address), admin), List.of()));
        }
        return sets;
    }

    private static HostPort hostPort(String address) {
        int colon = address.lastIndexOf(':');
        return new HostPort(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static Node node(String name, HostPort address, Credentials admin) throws SQLException {
        try (Mysql session = Mysql.open(address, admin)) {
            return new Node(
                    name,
                    address,
                    ServerVersion.parse(session.text("SELECT VERSION()")),
                    session.text("SELECT @@server_uuid"),
                    admin,
                    admin,
                    Optional.empty());
        }
    }
}
