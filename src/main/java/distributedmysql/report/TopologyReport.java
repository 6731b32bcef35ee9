package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.ErrantGtids;
import distributedmysql.history.JsonRule;
import distributedmysql.monitor.ServerVariables;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Shards;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The servers as they were at the start, what they took since, and what was found on the replicas then and later. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopologyReport(
        @JsonPropertyDescription("Where the servers come from: embedded, docker or external.")
        String kind,

        @JsonPropertyDescription("All servers.") @JsonRule("minItems: 1")
        List<NodeReport> nodes,

        @JsonPropertyDescription(
                "How long they took to be ready, and their memory; absent where they were there already.")
        @Nullable
        StartedServers startedServers,

        @JsonPropertyDescription(
                "What each server that was a replica had executed and its primary had not, other sources' "
                        + "transactions apart; one entry for each replica, also without any.")
        List<ErrantGtids> errantTransactions,

        @JsonPropertyDescription("The shards when the run ended; absent where there is one replica set.") @Nullable
        List<ShardReport> shards) {
    public TopologyReport {
        nodes = List.copyOf(nodes);
        errantTransactions = List.copyOf(errantTransactions);
    }

    /** The same servers, with what was found by now. */
    public TopologyReport with(List<ErrantGtids> found) {
        return new TopologyReport(kind, nodes, startedServers, found, shards);
    }

    /** The same servers, with what they took by now; null if the run has not started them. */
    public TopologyReport with(StartedServers taken) {
        return new TopologyReport(kind, nodes, taken, errantTransactions, shards);
    }

    /** The same servers, with what each shard has and did; null where there is one replica set. */
    public TopologyReport withShards(@Nullable List<ShardReport> ended) {
        return new TopologyReport(kind, nodes, startedServers, errantTransactions, ended);
    }

    /** One server. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("One server.")
    public record NodeReport(
            @JsonPropertyDescription("Name within this report, for instance node1.")
            String name,

            @JsonPropertyDescription(
                    "The shard that it belongs to, for instance shard1; absent where there is only one.")
            @Nullable
            String shard,

            @JsonPropertyDescription("Its role at the start.") @JsonRule("enum: ['primary', 'replica']")
            String role,

            @JsonPropertyDescription("Host name or address.")
            String host,

            @JsonPropertyDescription("TCP port.") @JsonRule("minimum: 1, maximum: 65535")
            int port,

            @JsonPropertyDescription("Version as the server says it.")
            String version,

            @JsonPropertyDescription("The variable server_uuid.")
            String serverUuid,

            @JsonPropertyDescription(
                    "Server variables that matter for the result, by name, as the server says them; absent "
                            + "where its version has none.")
            SortedMap<String, String> variables) {
        public NodeReport {
            variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        }
    }

    /**
     * Asks every server for its variables.
     *
     * @throws distributedmysql.mysql.TopologyException if one cannot be asked
     */
    public static TopologyReport read(Deployment deployment) {
        return new TopologyReport(
                deployment.kind(),
                deployment.nodes().stream()
                        .map(node -> read(deployment.shards(), node))
                        .toList(),
                null,
                List.of(),
                null);
    }

    private static NodeReport read(Shards shards, Node node) {
        int shard = shards.shardOf(node);
        return new NodeReport(
                node.name(),
                shards.nameIfSeveral(shard),
                shards.all().get(shard).roleOf(node).label(),
                node.address().host(),
                node.address().port(),
                node.version().full(),
                node.serverUuid(),
                ServerVariables.read(node));
    }
}
