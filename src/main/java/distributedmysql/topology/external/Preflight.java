package distributedmysql.topology.external;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.ExternalSet;
import distributedmysql.config.Settings;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.external.Grants.Privilege;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether a run may do what it will do to the servers of one replica set that is not ours, and what would spoil the result. */
final class Preflight {
    /** The framework's own connections to one server beside the load's. */
    private static final int OWN_CONNECTIONS = 20;
    /** Different statements of the load that one connection may have prepared at once. */
    private static final int STATEMENTS = 20;

    private static final Set<Privilege> WRITING = EnumSet.allOf(Privilege.class);
    private static final Set<Privilege> READING = EnumSet.of(Privilege.SELECT);

    private final Settings settings;
    private final ExternalSet set;
    private final List<FoundServer> servers;

    /** @param servers the primary first */
    Preflight(Settings settings, ExternalSet set, List<FoundServer> servers) {
        this.settings = settings;
        this.set = set;
        this.servers = servers;
    }

    /**
     * @param nodes of the servers, in the same order
     * @throws TopologyException with the statements that grant what is missing, each on a line of its own
     */
    void requireGrants(List<Node> nodes) {
        WhereToGrant where = new WhereToGrant(set, servers, nodes);
        for (int i = 0; i < nodes.size(); i++) {
            FoundServer server = servers.get(i);
            // A primary that is read-only refuses the trials, and is refused itself by Roles.
            boolean writes = !settings.readOnly() && i == 0 && !server.isOn("read_only");
            try (Mysql session = Mysql.open(nodes.get(i))) {
                requireGrants(server, new Grants(session), where, writes ? WRITING : READING);
            } catch (SQLException e) {
                throw TopologyException.of(
                        server.address() + " as " + settings.external().user()
                                + ": cannot find out what the user may do",
                        e);
            }
        }
    }

    private void requireGrants(FoundServer server, Grants grants, WhereToGrant where, Set<Privilege> needed)
            throws SQLException {
        List<String> statements = new ArrayList<>();
        if (grants.lackReplicationClient()) {
            statements.add(grants.replicationClient());
        }
        if (!grants.missing("performance_schema", READING).isEmpty()) {
            statements.add(grants.of(READING, "performance_schema"));
        }
        boolean mayNotWrite = false;
        List<String> unseen = new ArrayList<>();
        for (String database : databases()) {
            Set<Privilege> missing = grants.missing(database, needed);
            if (!missing.isEmpty()) {
                statements.add(grants.of(needed, database));
                if (settings.readOnly()) {
                    unseen.add(database);
                }
            }
            mayNotWrite |= missing.stream().anyMatch(privilege -> privilege != Privilege.SELECT);
        }
        if (!statements.isEmpty()) {
            throw new TopologyException(server.address() + " as "
                    + settings.external().user()
                    + ": lacks privileges" + (unseen.isEmpty() ? "" : unseen(unseen)) + ". "
                    + where.say(server, statements)
                    + (mayNotWrite
                            ? "\nFor a user who may only read, external.read-only = true gives what is possible"
                                    + " without a write: replication lag, and the comparison of the tables of"
                                    + " external.compare-databases"
                            : ""));
        }
    }

    /** A name that is misspelt looks the same from here. */
    private static String unseen(List<String> databases) {
        return ", or there is no database " + String.join(", ", databases)
                + " (external.compare-databases; upper and lower case may matter)";
    }

    /** Where privileges are needed. Without those on its own database, a read-only run leaves out what needs it. */
    private List<String> databases() {
        return settings.readOnly()
                ? settings.external().compareDatabases()
                : List.of(settings.data().database());
    }

    /** @throws TopologyException if a database that is to be compared is not on the primary */
    void requireDatabases(Node primary) {
        String query = "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?";
        for (String database : settings.external().compareDatabases()) {
            if (Mysql.ask(primary, "look for database " + database, session -> session.number(query, database)) == 0) {
                throw new TopologyException(primary + ": has no database " + database
                        + ", or the user may not see it; check external.compare-databases");
            }
        }
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        ConnectionSettings connection = settings.connection();
        for (FoundServer server : servers) {
            long needed = (long) connection.poolSize() + OWN_CONNECTIONS;
            if (server.number("max_connections") < needed) {
                warnings.add(server.address() + ": max_connections = " + server.number("max_connections")
                        + ": this profile may need " + needed
                        + " (error 1040 otherwise); lower connection.pool-size, and what"
                        + " does not fit it then");
            }
            long statements = (long) connection.poolSize() * STATEMENTS;
            if (connection.serverPreparedStatements() && server.number("max_prepared_stmt_count") < statements) {
                warnings.add(server.address() + ": max_prepared_stmt_count = "
                        + server.number("max_prepared_stmt_count") + ": this profile may need " + statements
                        + " (error 1461 otherwise)");
            }
            if (!server.isOn("performance_schema")) {
                warnings.add(server.address() + ": performance_schema = OFF: the server counts nothing, so the checks"
                        + " \"server counts\" will say UNKNOWN");
            }
            if (!server.equals(servers.get(0)) && !server.isOn("super_read_only")) {
                warnings.add(server.address()
                        + ": super_read_only = OFF: somebody else's writes there would be found as" + " differences");
            }
        }
        return warnings;
    }
}
