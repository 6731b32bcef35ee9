package distributedmysql.topology;

import distributedmysql.mysql.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The servers of a run, and what ends them. Thread-safe.
 */
public final class Deployment implements AutoCloseable {
    private final String kind;
    private final Shards shards;
    private final List<Endpoint> endpoints;
    private final Optional<Path> routerLog;
    private final SpareServers spares;
    private final Runnable onClose;
    private boolean closed;

    /**
     * @param kind for the report, for instance {@code embedded}
     * @param onClose ends what was started; called once
     */
    public Deployment(String kind, Shards shards, Runnable onClose) {
        this(kind, shards, List.of(), Optional.empty(), onClose);
    }

    /**
     * Servers that the run has started, perhaps with a router in front, which is closed first. Of a group, the roles are followed from
     * now on.
     *
     * @param end ends the servers
     * @param progress takes a line for the console
     */
    public static Deployment started(
            String kind, Shards shards, Optional<? extends Router> router, Runnable end, Consumer<String> progress) {
        List<Runnable> ending = new ArrayList<>();
        List<Endpoint> endpoints = router.map(Router::endpoints).orElseGet(List::of);
        if (router.isPresent()) {
            ending.add(router.get()::close);
            progress.accept("haproxy in front of them: "
                    + endpoints.stream()
                            .map(endpoint -> endpoint.name() + " " + endpoint.address())
                            .collect(Collectors.joining(", ")));
        }
        shards.all().stream().filter(ReplicaSet::isGroup).forEach(group -> ending.add(GroupRoles.follow(group)::close));
        ending.add(end);
        return new Deployment(
                kind, shards, endpoints, router.map(Router::logFile), () -> ending.forEach(Runnable::run));
    }

    /**
     * The same with something in front.
     *
     * @param endpoints at most one for each role
     * @param routerLog what a router that the run has started writes; gone with the deployment
     */
    public Deployment(
            String kind, Shards shards, List<Endpoint> endpoints, Optional<Path> routerLog, Runnable onClose) {
        this(kind, shards, endpoints, routerLog, SpareServers.none("topology = " + kind), onClose);
    }

    private Deployment(
            String kind,
            Shards shards,
            List<Endpoint> endpoints,
            Optional<Path> routerLog,
            SpareServers spares,
            Runnable onClose) {
        this.kind = kind;
        this.shards = shards;
        this.endpoints = List.copyOf(endpoints);
        this.routerLog = routerLog;
        this.spares = spares;
        this.onClose = onClose;
    }

    /**
     * The same, and beside it servers can be started. Instead of this one, which is not to be closed then.
     *
     * @param end ends those, before the deployment ends
     */
    public Deployment withSpares(SpareServers all, Runnable end) {
        return new Deployment(kind, shards, endpoints, routerLog, all, () -> {
            try {
                end.run();
            } finally {
                onClose.run();
            }
        });
    }

    public String kind() {
        return kind;
    }

    /** The replica sets, and which of them each key belongs to. */
    public Shards shards() {
        return shards;
    }

    /** What the load goes through; none if it goes to the servers directly. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** What a router that the run has started writes. */
    public Optional<Path> routerLog() {
        return routerLog;
    }

    /** Where servers beside these come from; {@link SpareServers#impossible} says why there can be none. */
    public SpareServers spares() {
        return spares;
    }

    /**
     * The only replica set, for what cannot tell several apart.
     *
     * @throws IllegalStateException if there are several
     */
    public ReplicaSet replicaSet() {
        if (shards.areSeveral()) {
            throw new IllegalStateException("one replica set is asked for, and there are "
                    + shards.all().size());
        }
        return shards.all().get(0);
    }

    /** All nodes of all replica sets, whatever their role, always in the same order. */
    public List<Node> nodes() {
        return shards.nodes();
    }

    /** Ends what was started. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }
}
