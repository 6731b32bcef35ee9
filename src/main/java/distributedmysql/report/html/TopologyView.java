package distributedmysql.report.html;

import distributedmysql.config.Plural;
import distributedmysql.history.ErrantGtids;
import distributedmysql.history.Event;
import distributedmysql.report.RunReport;
import distributedmysql.report.ShardReport;
import distributedmysql.report.TopologyReport.NodeReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The servers.
 *
 * @param routers what is in front of them
 * @param sets one without a name where there are no shards
 * @param variables of all servers side by side
 * @param notes what is known of all of them together
 */
record TopologyView(
        String kind,
        List<Server> routers,
        List<ServerSet> sets,
        List<String> names,
        List<Variable> variables,
        List<String> notes) {
    /** @param notes what became of it */
    record Server(String name, String role, String address, String version, List<String> notes) {}

    /** A replica set. */
    record ServerSet(String name, List<String> notes, List<Server> servers) {}

    /** @param differs whether the servers do not all have the same */
    record Variable(String name, List<String> values, boolean differs) {}

    static TopologyView of(RunReport report) {
        List<String> notes = new ArrayList<>();
        if (report.topology().startedServers() != null) {
            notes.add(report.topology().startedServers().line());
        }
        if (report.endpoints() != null) {
            notes.addAll(report.endpoints().lines());
        }
        List<NodeReport> nodes = report.topology().nodes();
        return new TopologyView(
                report.topology().kind(),
                routers(report),
                sets(report),
                nodes.stream().map(NodeReport::name).toList(),
                variables(nodes),
                notes);
    }

    private static List<Server> routers(RunReport report) {
        return report.endpoints() == null
                ? List.of()
                : report.endpoints().endpoints().stream()
                        .map(endpoint -> new Server(
                                endpoint.name(),
                                "router",
                                endpoint.host() + ":" + endpoint.port(),
                                "leads to the " + endpoint.role(),
                                List.of()))
                        .toList();
    }

    private static List<ServerSet> sets(RunReport report) {
        Map<String, List<Server>> byShard = new LinkedHashMap<>();
        for (NodeReport node : report.topology().nodes()) {
            byShard.computeIfAbsent(node.shard() == null ? "" : node.shard(), shard -> new ArrayList<>())
                    .add(server(node, report));
        }
        return byShard.entrySet().stream()
                .map(set -> new ServerSet(set.getKey(), size(set.getKey(), report), set.getValue()))
                .toList();
    }

    private static List<String> size(String shard, RunReport report) {
        if (report.topology().shards() == null) {
            return List.of();
        }
        return report.topology().shards().stream()
                .filter(each -> each.shard().equals(shard) && each.rows() != null && each.bytes() != null)
                .map(each -> Plural.of(each.rows(), "row") + ", " + Words.bytes(each.bytes()) + " in the end")
                .toList();
    }

    private static Server server(NodeReport node, RunReport report) {
        List<String> notes = new ArrayList<>();
        for (Event event : report.events()) {
            if (event.about().equals(node.name())
                    && (event.kind() == Event.Kind.PROMOTION || event.kind() == Event.Kind.FAULT)) {
                notes.add(Words.format("%.1f s: ", event.millis() / 1e3) + event.text());
            }
        }
        report.topology().errantTransactions().stream()
                .filter(errant -> errant.replica().equals(node.name()))
                .forEach(errant -> notes.addAll(errant(errant)));
        if (isPrimaryInTheEnd(node, report)) {
            notes.add("primary in the end");
        }
        return new Server(node.name(), node.role(), node.host() + ":" + node.port(), node.version(), notes);
    }

    private static boolean isPrimaryInTheEnd(NodeReport node, RunReport report) {
        List<ShardReport> shards = report.topology().shards();
        return shards != null
                && node.role().equals("replica")
                && shards.stream().anyMatch(shard -> shard.primary().equals(node.name()));
    }

    private static List<String> errant(ErrantGtids errant) {
        List<String> notes = new ArrayList<>();
        errant.beforeRun().ifPresent(gtids -> notes.add("errant transactions before the run: " + gtids));
        errant.duringRun().ifPresent(gtids -> notes.add("errant transactions during the run: " + gtids));
        errant.problem().ifPresent(problem -> notes.add("errant transactions are not known: " + problem));
        return notes;
    }

    private static List<Variable> variables(List<NodeReport> nodes) {
        TreeSet<String> names = new TreeSet<>();
        nodes.forEach(node -> names.addAll(node.variables().keySet()));
        return names.stream().map(name -> variable(name, nodes)).toList();
    }

    private static Variable variable(String name, List<NodeReport> nodes) {
        List<String> values = nodes.stream()
                .map(node -> node.variables().getOrDefault(name, "–"))
                .toList();
        return new Variable(name, values, new HashSet<>(values).size() > 1);
    }
}
