package distributedmysql.topology.external;

import distributedmysql.config.ExternalSet;
import distributedmysql.config.HostPort;
import distributedmysql.config.Settings;
import distributedmysql.config.ShardSettings;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.RateCap;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The servers of one replica set that is not ours: found, then verified. Writes nothing. Not thread-safe. */
final class FoundSet {
    private final Settings settings;
    private final int shard;
    private final ExternalSet set;
    private final List<FoundServer> servers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final AtomicReference<ReplicaSet> replicaSet = new AtomicReference<>();

    private FoundSet(Settings settings, int shard) {
        this.settings = settings;
        this.shard = shard;
        this.set = settings.external().sets().get(shard);
    }

    /**
     * Asks each server who it is.
     *
     * @param shard from 0 on
     * @throws TopologyException as {@link FoundServer#at}
     */
    static FoundSet at(Settings settings, int shard, Login login) {
        FoundSet found = new FoundSet(settings, shard);
        found.named(() -> {
            for (HostPort address : found.set.addresses()) {
                found.servers.add(FoundServer.at(address, found.set, login));
            }
        });
        return found;
    }

    /** Who kills and starts a server that is not ours, if anybody may. */
    @FunctionalInterface
    interface Controls {
        /** @param primary the present one of its replica set */
        Optional<ServerControl> of(String node, FoundServer server, Supplier<Node> primary);
    }

    /** @throws TopologyException if a server cannot be used, or they are not what the settings say */
    void verify(Login login, Controls controls, RateCap cap) {
        named(() -> {
            makeNodes(login, controls, cap);
            Preflight preflight = new Preflight(settings, set, servers);
            preflight.requireGrants(nodes);
            Optional<Node> elected = ExternalGroup.primary(set, servers, nodes);
            elected.ifPresent(this::putFirst);
            Roles.require(set, servers, nodes);
            if (!settings.readOnly()) {
                ServerDefaults.require(servers, elected.isPresent());
            }
            preflight.requireDatabases(nodes.get(0));
            List<Node> replicas = nodes.subList(1, nodes.size());
            replicaSet.set(
                    elected.isPresent()
                            ? ReplicaSet.observedGroup(nodes.get(0), replicas)
                            : new ReplicaSet(nodes.get(0), replicas));
        });
    }

    private void makeNodes(Login login, Controls controls, RateCap cap) {
        ExternalGroup.sortPrimaryFirst(servers);
        ShardSettings shards = settings.external().shards();
        for (FoundServer server : servers) {
            String name = Shards.nodeName(shards, shard, 1 + set.addresses().indexOf(server.address()));
            Optional<ServerControl> control =
                    controls.of(name, server, () -> replicaSet.get().primary());
            nodes.add(server.node(
                    name,
                    login.credentials(),
                    login.tls(),
                    control,
                    settings.external().readOnly(),
                    cap));
        }
    }

    private void putFirst(Node elected) {
        servers.sort(Comparator.comparing(server -> !server.uuid().equals(elected.serverUuid())));
        nodes.sort(Comparator.comparing(node -> !node.equals(elected)));
        ExternalGroup.requireSettings(settings, set);
    }

    /** Who they are, for the console. */
    void sayServers(Consumer<String> progress) {
        for (FoundServer server : servers) {
            progress.accept(label() + (server.equals(servers.get(0)) ? "primary " : "replica ") + server.address()
                    + ": MySQL " + server.version() + ", server_uuid " + server.uuid());
        }
    }

    /** How they replicate, where there is something to say about it. */
    void sayReplication(Consumer<String> progress) {
        if (replicaSet().isGroup()) {
            progress.accept(label()
                    + "they are a group (group replication): each is asked five times a second which of them is the"
                    + " primary, and writes go there; nothing of the group is changed");
            HostPort primary = nodes.get(0).address();
            if (!primary.equals(set.primary())) {
                progress.accept(label() + (set.isListed() ? "" : "external.primary = ") + set.primary()
                        + " is a secondary of its group now: " + primary + " is the primary, and is taken as such");
            }
        }
        Roles.otherSources(nodes).forEach(line -> progress.accept(label() + line));
    }

    /** What would spoil the result. */
    void warn(Consumer<String> progress) {
        List<String> warnings = new ArrayList<>(new Preflight(settings, set, servers).warnings());
        warnings.addAll(ServerDefaults.warnings(servers));
        warnings.forEach(warning -> progress.accept("warning: " + label() + warning));
    }

    /** Where there are several, every message begins with which one it is about. */
    private String label() {
        return isNamed() ? Shards.name(shard) + ": " : "";
    }

    private boolean isNamed() {
        return settings.shards() > 1;
    }

    /** For messages about two of them. */
    String place(FoundServer server) {
        return server.address() + (isNamed() ? " (" + Shards.name(shard) + ")" : "");
    }

    private void named(Runnable step) {
        try {
            step.run();
        } catch (TopologyException e) {
            throw isNamed() ? new TopologyException(label() + e.getMessage()) : e;
        }
    }

    /** The primary first, once it is known. */
    List<FoundServer> servers() {
        return servers;
    }

    /** Once it is verified. */
    ReplicaSet replicaSet() {
        return replicaSet.get();
    }
}
