package distributedmysql.check;

import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the servers executed as many statements as the client says: neither fewer (counted and never sent) nor more
 * (sent and never counted).
 */
public final class ServerCounts {
    public static final Meaning MEANING = new Meaning(
            "The servers did not execute what the client counted, so this stage's figures are not to be trusted.",
            "A server could not say how many statements it executed, or none was sent.",
            "Keep others off this user's account and the servers' statement statistics during the run; turn"
                    + " performance_schema on.");

    private ServerCounts() {}

    /**
     * The client's count of one statement on one node.
     *
     * @param statement the same text as in {@link Server#atLeast}
     * @param certain the server answered, with a result or an error
     * @param uncertain sent, or perhaps sent, and the answer never came
     */
    public record Client(String node, String statement, long certain, long uncertain) {
        public Client {
            if (certain < 0 || uncertain < 0) {
                throw new IllegalArgumentException(node + ": " + certain + ", " + uncertain + ": " + statement);
            }
        }

        private long most() {
            return certain + uncertain;
        }

        private Client plus(Client other) {
            return new Client(node, statement, certain + other.certain, uncertain + other.uncertain);
        }
    }

    /**
     * One server's own count of what was executed meanwhile.
     *
     * @param atLeast by statement, what the server surely executed; it may know more executions than it knows texts of
     * @param totalAtLeast all statements together
     * @param totalAtMost the same as {@code totalAtLeast} if the server is certain
     * @param cannotTell why there are no counts; empty if there are
     */
    public record Server(
            String node, Map<String, Long> atLeast, long totalAtLeast, long totalAtMost, Optional<String> cannotTell) {}

    /**
     * On every node the sums must be equal, as far as client and server are certain, and no statement may have been
     * executed more often than the client says. Counts of one statement on one node may come in several parts.
     *
     * @return {@code INVALID} at the first difference; else {@code UNKNOWN} if a server cannot tell or nothing was
     *     executed; else {@code VALID}
     */
    public static CheckResult check(String stage, List<Client> clients, List<Server> servers) {
        String name = "server counts: " + stage;
        List<String> unknown = new ArrayList<>();
        List<Client> compared = new ArrayList<>();
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
            compared.add(sum(server.node, ours));
        }
        nodesWithoutServer(clients, servers).forEach(node -> unknown.add(node + ": the server's counts were not read"));
        if (!unknown.isEmpty()) {
            return CheckResult.unknown(name, String.join("; ", unknown));
        }
        Client all = sum("", compared);
        boolean nothing = all.most() == 0;
        return nothing
                ? CheckResult.unknown(name, "nothing was executed")
                : CheckResult.valid(name, equal(all, compared.size(), servers));
    }

    private static Optional<String> difference(Server server, List<Client> ours) {
        for (Client count : ours) {
            long theirs = server.atLeast.getOrDefault(count.statement, 0L);
            if (theirs > count.most()) {
                return Optional.of(figures(count) + ", server at least " + theirs + ": " + count.statement);
            }
        }
        Client sum = sum(server.node, ours);
        if (sum.most() >= server.totalAtLeast && sum.certain <= server.totalAtMost) {
            return Optional.empty();
        }
        String total = figures(sum) + ", server " + range(server.totalAtLeast, server.totalAtMost)
                + ": all statements together";
        return Optional.of(total + furthest(server, ours));
    }

    /** The statement whose counts differ most: likely, though not surely, the one that is wrong. */
    private static String furthest(Server server, List<Client> ours) {
        return ours.stream()
                .max(Comparator.comparingLong(
                        count -> count.certain - server.atLeast.getOrDefault(count.statement, 0L)))
                .map(count -> "; client " + count.certain + ", server at least "
                        + server.atLeast.getOrDefault(count.statement, 0L) + ": " + count.statement)
                .orElse("");
    }

    private static String equal(Client all, int servers, List<Server> counts) {
        long unsure = counts.stream()
                .mapToLong(server -> server.totalAtMost - server.totalAtLeast)
                .sum();
        return range(all.certain, all.most()) + " " + Plural.noun(all.most(), "execution") + " on "
                + Plural.of(servers, "server") + ", as the servers counted"
                + (unsure == 0 ? "" : " to within " + unsure);
    }

    private static String figures(Client count) {
        return count.node + ": client " + range(count.certain, count.most());
    }

    private static String range(long from, long to) {
        return from == to ? Long.toString(from) : from + " to " + to;
    }

    private static Client sum(String node, List<Client> counts) {
        return new Client(
                node,
                "",
                counts.stream().mapToLong(Client::certain).sum(),
                counts.stream().mapToLong(Client::uncertain).sum());
    }

    /** The node's counts, one for each statement; one that only the server has counts as 0. */
    private static List<Client> ofNode(Server server, List<Client> clients) {
        Stream<Client> none = server.atLeast.keySet().stream().map(text -> new Client(server.node, text, 0, 0));
        Map<String, Client> byStatement = new LinkedHashMap<>();
        Stream.concat(clients.stream(), none)
                .filter(count -> count.node.equals(server.node))
                .forEach(count -> byStatement.merge(count.statement, count, Client::plus));
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
