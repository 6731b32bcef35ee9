package distributedmysql.topology.external;

import distributedmysql.config.EndpointSettings;
import distributedmysql.config.ExternalSettings;
import distributedmysql.config.HostPort;
import distributedmysql.config.Settings;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.RateCap;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.Tls;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.GroupRoles;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import distributedmysql.topology.Shards;
import distributedmysql.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Servers that are already there. Who they are, what the user may do and who replicates from whom is verified before the
 * replica set is returned; nothing is written, and no global variable is ever changed. They can be killed, stopped and
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
        ExternalSettings external = external();
        Password password = Password.find(external, environment);
        Credentials credentials = new Credentials(external.user(), password.text());
        Tls tls = Tls.of(settings.connection(), environment);

        List<HostPort> addresses = new ArrayList<>(List.of(external.primary()));
        addresses.addAll(external.replicas());
        List<FoundServer> servers = new ArrayList<>();
        Map<String, HostPort> known = new HashMap<>();
        for (HostPort address : addresses) {
            FoundServer server = FoundServer.at(address, credentials, password, tls);
            HostPort same = known.put(server.uuid(), address);
            if (same != null) {
                throw new TopologyException(
                        same + " and " + address + " lead to one server (server_uuid " + server.uuid() + ")");
            }
            servers.add(server);
        }
        ExternalGroup.sortPrimaryFirst(servers);
        List<Node> nodes = new ArrayList<>();
        AtomicReference<ReplicaSet> replicaSet = new AtomicReference<>();
        RateCap cap = new RateCap(external.maxRate());
        Supplier<Node> primary = () -> replicaSet.get().primary();
        for (FoundServer server : servers) {
            String name = "node" + (1 + addresses.indexOf(server.address()));
            Optional<ServerControl> control = control(name, server, credentials, tls, primary);
            nodes.add(server.node(name, credentials, tls, control, external.readOnly(), cap));
        }
        Preflight preflight = new Preflight(settings, servers);
        preflight.requireGrants(nodes);
        Optional<Node> elected = ExternalGroup.primary(servers, nodes);
        elected.ifPresent(first -> {
            servers.sort(Comparator.comparing(server -> !server.uuid().equals(first.serverUuid())));
            nodes.sort(Comparator.comparing(node -> !node.equals(first)));
            ExternalGroup.requireSettings(settings, nodes.size());
        });
        Roles.require(servers, nodes);
        if (!settings.readOnly()) {
            ServerDefaults.require(servers, elected.isPresent());
        }
        preflight.requireDatabases(nodes.get(0));
        preflight.plan().forEach(progress);
        elected.ifPresent(this::sayGroup);
        Roles.otherSources(nodes).forEach(progress);
        preflight.warnings().forEach(warning -> progress.accept("warning: " + warning));
        ServerDefaults.warnings(servers).forEach(warning -> progress.accept("warning: " + warning));
        List<Node> replicas = nodes.subList(1, nodes.size());
        replicaSet.set(
                elected.isPresent()
                        ? ReplicaSet.observedGroup(nodes.get(0), replicas)
                        : new ReplicaSet(nodes.get(0), replicas));
        List<Endpoint> endpoints = endpoints();
        GivenEndpoints given = new GivenEndpoints(replicaSet.get(), progress);
        endpoints.forEach(endpoint -> given.require(
                endpoint, (address, failure) -> ConnectFailure.text(address, credentials, password, tls, failure)));
        Runnable end = elected.isPresent() ? GroupRoles.follow(replicaSet.get())::close : () -> {};
        return new Deployment("external", Shards.only(replicaSet.get()), endpoints, Optional.empty(), end);
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        EndpointSettings given = external().endpoints();
        given.writer().ifPresent(address -> endpoints.add(new Endpoint("writer", Role.PRIMARY, address)));
        given.reader().ifPresent(address -> endpoints.add(new Endpoint("reader", Role.REPLICA, address)));
        return endpoints;
    }

    private void sayGroup(Node primary) {
        progress.accept(
                "they are a group (group replication): each is asked five times a second which of them is the primary,"
                        + " and writes go there; nothing of the group is changed");
        if (!primary.address().equals(external().primary())) {
            progress.accept("external.primary = " + external().primary() + " is a secondary of its group now: "
                    + primary.address() + " is the primary, and is taken as such");
        }
    }

    private Optional<ServerControl> control(
            String name, FoundServer server, Credentials credentials, Tls tls, Supplier<Node> primary) {
        return external().allowFaults()
                ? Optional.of(new HookControl(
                        name,
                        server,
                        credentials,
                        tls,
                        Hook.kill(settings, events),
                        Hook.start(settings, events),
                        primary))
                : Optional.empty();
    }

    private ExternalSettings external() {
        return settings.external();
    }
}
