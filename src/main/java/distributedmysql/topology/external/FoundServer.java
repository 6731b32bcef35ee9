package distributedmysql.topology.external;

import distributedmysql.config.ExternalSet;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.RateCap;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.Tls;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Wait;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an address leads to, read without writing anything.
 *
 * @param variables the server's global variables
 */
record FoundServer(HostPort address, ServerVersion version, Map<String, String> variables) {
    /** When {@link Mysql#open} gives a server up. */
    static final String GIVEN_UP = "it is given up after a minute without an answer";

    /** A proxy that distributes connections shows itself with some. */
    private static final int LOOKS = 6;

    /**
     * @param set that it is of
     * @throws TopologyException if nobody answers, the user is refused, or the server is not one that can be tested; says
     *     what to do
     */
    static FoundServer at(HostPort address, ExternalSet set, Login login) {
        try (Wait wait = Wait.until("waiting for an answer of " + address, GIVEN_UP)) {
            Set<String> uuids = new HashSet<>();
            FoundServer found = null;
            for (int look = 0; look < LOOKS; look++) {
                wait.state(look + " of " + LOOKS + " times it has");
                try (Mysql session = Mysql.open(address, login.credentials(), login.tls())) {
                    found = found == null ? read(address, session) : found;
                    uuids.add(session.text("SELECT @@global.server_uuid"));
                }
            }
            if (uuids.size() > 1) {
                throw new TopologyException(address + ": leads to several servers (server_uuid "
                        + String.join(", ", uuids) + "), so it cannot be told which of them answered; give the address"
                        + " of each server in " + set.replicasKey()
                        + (set.isListed() ? "" : ", and this one as external.endpoints.reader"));
            }
            return found;
        } catch (SQLException e) {
            throw new TopologyException(ConnectFailure.text(address, set.keys(), login, e));
        }
    }

    private static FoundServer read(HostPort address, Mysql session) throws SQLException {
        ServerVersion version = version(address, session.text("SELECT VERSION()"));
        Map<String, String> variables = session.read("SHOW GLOBAL VARIABLES", rows -> {
            Map<String, String> all = new HashMap<>();
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
            return all;
        });
        return new FoundServer(address, version, Map.copyOf(variables));
    }

    private static ServerVersion version(HostPort address, String text) {
        ServerVersion version;
        try {
            version = ServerVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TopologyException(address + ": is no MySQL server: its version is " + text);
        }
        version.unsupported().ifPresent(why -> {
            throw new TopologyException(address + ": cannot be tested: " + why);
        });
        return version;
    }

    String uuid() {
        return variable("server_uuid");
    }

    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    boolean isOn(String name) {
        return "ON".equals(variable(name));
    }

    long number(String name) {
        return Long.parseLong(variable(name));
    }

    Node node(
            String name,
            Credentials credentials,
            Tls tls,
            Optional<ServerControl> control,
            boolean readOnly,
            RateCap cap) {
        return new Node(name, address, version, uuid(), credentials, credentials, control, address, tls, readOnly, cap);
    }
}
