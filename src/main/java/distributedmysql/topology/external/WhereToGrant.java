package distributedmysql.topology.external;

import distributedmysql.config.ExternalSet;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.LocalSql;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * On which server somebody is to grant what a user lacks, so that it arrives where it is needed and harms nothing: a GRANT
 * on the primary is executed by the replicas too, and stops the applier of one that has no such account (error 1410); one
 * on a replica is an errant transaction, unless it stays out of the binary log.
 */
final class WhereToGrant {
    private final ExternalSet set;
    private final FoundServer primary;
    /** As what account each server knows the user. */
    private final Map<HostPort, String> accounts = new LinkedHashMap<>();

    /**
     * @param nodes of the servers, in the same order, the primary first
     * @throws TopologyException if one does not answer
     */
    WhereToGrant(ExternalSet set, List<FoundServer> servers, List<Node> nodes) {
        this.set = set;
        this.primary = servers.get(0);
        for (Node node : nodes) {
            accounts.put(
                    node.address(),
                    Mysql.ask(
                            node,
                            "find out as which account it knows the user",
                            session -> new Grants(session).account()));
        }
    }

    /**
     * @param server that refused; the primary only if nothing is known yet about the others
     * @param grants each with its semicolon
     * @return what to paste and where, each statement on a line of its own
     */
    String say(FoundServer server, List<String> grants) {
        if (!server.equals(primary)) {
            return onlyThere(server, "the primary has these privileges, so they do not come by replication", grants);
        }
        if (server.isOn("read_only")) {
            return "It is read-only, so it is no primary: check " + set.primaryKey() + " first";
        }
        if (accounts.values().stream().distinct().count() > 1) {
            return onlyThere(server, "this user is another account on another server (" + shown() + ")", grants);
        }
        return "On the primary, " + server.address()
                + ", and nowhere else, because replication takes it to the replicas:\n" + String.join("\n", grants);
    }

    private static String onlyThere(FoundServer server, String why, List<String> grants) {
        return "On " + server.address() + " only, and past its binary log, because " + why + ":\n"
                + String.join("\n", LocalSql.of(server.isOn("super_read_only"), grants));
    }

    private String shown() {
        return accounts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
