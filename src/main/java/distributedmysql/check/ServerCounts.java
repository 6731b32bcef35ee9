package distributedmysql.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the servers executed as many statements as the client says: neither fewer (counted and never sent) nor more
 * (sent and never counted).
 */
public final class ServerCounts {
    private ServerCounts() {}

    /**
     * The client's count of one statement on one node.
     *
     * @param statement the same text as in {@link Server#executions}
     * @param certain the server answered, with a result or an error
     * @param uncertain sent, or perhaps sent, and the answer never came
     */
    public record Client(String node, String statement, long certain, long uncertain) {
        public Client {
            if (certain < 0 || uncertain < 0) {
                throw new IllegalArgumentException(node + ": " + certain + ", " + uncertain + ": " + statement);
            }
        }

        private Client plus(Client other) {
            return new Client(node, statement, certain + other.certain, uncertain + other.uncertain);
        }
    }

    /**
     * One server's own count of what was executed meanwhile.
     *
     * @param executions by statement; one that is missing was not executed
     * @param unattributed executions of which the server no longer knows the statement
     * @param cannotTell why there are no counts; empty if there are
     */
    public record Server(String node, Map<String, Long> executions, long unattributed, Optional<String> cannotTell) {
        private long of(String statement) {
            return executions.getOrDefault(statement, 0L);
        }
    }

    /**
     * Each statement's count must be equal; where the client is uncertain or the server has unattributed executions,
     * the difference must be explained by them, and the sum over the node's statements must be equal likewise.
     *
     * <p>Counts of one statement on one node may come in several parts.
     *
     * @return {@code INVALID} at the first difference; else {@code UNKNOWN} if a server cannot tell or nothing was
     *     executed; else {@code VALID}
     */
    public static CheckResult check(String stage, List<Client> clients, List<Server> servers) {
        String name = "server counts: " + stage;
        List<String> unknown = new ArrayList<>();
        long executed = 0;
        long uncertain = 0;
        long unattributed = 0;
        for (Server server : servers) {
            List<Client> ours = ofNode(server, clients);
            if (server.cannotTell.isPresent()) {
                unknown.add(server.node + ": " + server.cannotTell.get());
                continue;
            }
            Optional<String> difference = difference(server, ours);
            if (difference.isPresent()) {
                return CheckResult.invalid(name, difference.get());
            }
            executed += total(server, ours);
            uncertain += ours.stream().mapToLong(Client::uncertain).sum();
            unattributed += server.unattributed;
        }
        nodesWithoutServer(clients, servers).forEach(node -> unknown.add(node + ": the server's counts were not read"));
        if (!unknown.isEmpty()) {
            return CheckResult.unknown(name, String.join("; ", unknown));
        }
        if (executed == 0) {
            return CheckResult.unknown(name, "nothing was executed");
        }
        return CheckResult.valid(name, equal(executed, servers.size(), uncertain, unattributed));
    }

    private static Optional<String> difference(Server server, List<Client> ours) {
        long certain = 0;
        long uncertain = 0;
        for (Client count : ours) {
            long theirs = server.of(count.statement);
            if (theirs > count.certain + count.uncertain || theirs + server.unattributed < count.certain) {
                return Optional.of(text(count, theirs + (server.unattributed == 0 ? "" : unknown(server, " and "))));
            }
            certain += count.certain;
            uncertain += count.uncertain;
        }
        Client sum = new Client(server.node, "all statements together", certain, uncertain);
        long theirs = total(server, ours);
        boolean equal = theirs >= certain && theirs <= certain + uncertain;
        return equal
                ? Optional.empty()
                : Optional.of(text(sum, theirs + (server.unattributed == 0 ? "" : unknown(server, ", of which "))));
    }

    private static String text(Client count, String theirs) {
        return count.node + ": client " + count.certain
                + (count.uncertain == 0 ? "" : " to " + (count.certain + count.uncertain)) + ", server " + theirs
                + ": " + count.statement;
    }

    private static String unknown(Server server, String before) {
        return before + server.unattributed + " of an unknown statement";
    }

    private static String equal(long executed, int servers, long uncertain, long unattributed) {
        return executed + " executions on " + servers + " servers, as the client counted"
                + (uncertain == 0 ? "" : "; the outcome of " + uncertain + " is not known")
                + (unattributed == 0 ? "" : "; the server no longer knows the statement of " + unattributed);
    }

    private static long total(Server server, List<Client> ours) {
        return server.unattributed
                + ours.stream().mapToLong(count -> server.of(count.statement)).sum();
    }

    /** The node's counts, one for each statement; one that only the server has counts as 0. */
    private static List<Client> ofNode(Server server, List<Client> clients) {
        Map<String, Client> byStatement = new LinkedHashMap<>();
        for (Client count : clients) {
            if (count.node.equals(server.node)) {
                byStatement.merge(count.statement, count, Client::plus);
            }
        }
        for (String statement : server.executions.keySet()) {
            byStatement.putIfAbsent(statement, new Client(server.node, statement, 0, 0));
        }
        return List.copyOf(byStatement.values());
    }

    private static List<String> nodesWithoutServer(List<Client> clients, List<Server> servers) {
        List<String> read = servers.stream().map(Server::node).toList();
        return clients.stream()
                .map(Client::node)
                .distinct()
                .filter(node -> !read.contains(node))
                .toList();
    }
}
