package distributedmysql.topology.external;

import distributedmysql.config.EndpointSettings;
import distributedmysql.config.ExternalSettings;
import distributedmysql.config.Settings;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.RateCap;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.GroupRoles;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.Shards;
import distributedmysql.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Servers that are already there. Who they are, what the user may do and who replicates from whom is verified before the
 * replica sets are returned; nothing is written, and no global variable is ever changed. They can be killed, stopped and
 * started only where {@code external.allow-faults} is true, and only by the user's own commands. With
 * {@code external.read-only}, every session on them is read-only.
 */
public final class ExternalTopology implements Topology {
    private final Settings settings;
    private final Map<String, String> environment;
    private final Consumer<String> progress;
    private final EventLog events;

    /**
     * @param environment where passwords are, usually {@link System#getenv()}
     * @param progress takes lines for the console: what will be done, and warnings
     */
    public ExternalTopology(Settings settings, Map<String, String> environment, Consumer<String> progress) {
        this(settings, environment, progress, new EventLog());
    }

    /** @param events is told when a command of the user's begins, and how it ends */
    public ExternalTopology(
            Settings settings, Map<String, String> environment, Consumer<String> progress, EventLog events) {
        this.settings = settings;
        this.environment = environment;
        this.progress = line -> progress.accept("external: " + line);
        this.events = events;
    }

    /**
     * @throws TopologyException if a server cannot be used, the user may not do what is needed, or the servers are not
     *     what the settings say; nothing has been written then
     */
    @Override
    public Deployment start() {
        Login login = Login.of(settings, environment);
        List<FoundSet> sets = new ArrayList<>();
        for (int shard = 0; shard < external().sets().size(); shard++) {
            sets.add(FoundSet.at(settings, shard, login));
        }
        requireDifferentServers(sets);
        RateCap cap = new RateCap(external().maxRate());
        sets.forEach(set -> set.verify(login, (node, server, primary) -> control(node, server, login, primary), cap));
        sets.forEach(set -> set.sayServers(progress));
        Plan.of(settings).forEach(progress);
        sets.forEach(set -> set.sayReplication(progress));
        settings.rateWarnings().forEach(warning -> progress.accept("warning: " + warning));
        sets.forEach(set -> set.warn(progress));

        List<ReplicaSet> all = sets.stream().map(FoundSet::replicaSet).toList();
        List<Endpoint> endpoints = endpoints();
        // Refused where there are several replica sets.
        GivenEndpoints given = new GivenEndpoints(all.get(0), progress);
        endpoints.forEach(endpoint -> given.require(endpoint, login));
        List<GroupRoles> followed =
                all.stream().filter(ReplicaSet::isGroup).map(GroupRoles::follow).toList();
        return new Deployment(
                "external",
                Shards.started(external().shards(), all),
                endpoints,
                Optional.empty(),
                () -> followed.forEach(GroupRoles::close));
    }

    private static void requireDifferentServers(List<FoundSet> sets) {
        Map<String, String> known = new HashMap<>();
        for (FoundSet set : sets) {
            for (FoundServer server : set.servers()) {
                String same = known.put(server.uuid(), set.place(server));
                if (same != null) {
                    throw new TopologyException(same + " and " + set.place(server) + " lead to one server (server_uuid "
                            + server.uuid() + ")");
                }
            }
        }
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        EndpointSettings given = external().endpoints();
        given.writer().ifPresent(address -> endpoints.add(new Endpoint("writer", Role.PRIMARY, address)));
        given.reader().ifPresent(address -> endpoints.add(new Endpoint("reader", Role.REPLICA, address)));
        return endpoints;
    }

    private Optional<ServerControl> control(String name, FoundServer server, Login login, Supplier<Node> primary) {
        return external().allowFaults()
                ? Optional.of(new HookControl(
                        name,
                        server,
                        login.credentials(),
                        login.tls(),
                        Hook.kill(settings, events),
                        Hook.start(settings, events),
                        primary))
                : Optional.empty();
    }

    private ExternalSettings external() {
        return settings.external();
    }
}
