package distributedmysql.config;

import distributedmysql.config.Demand.Item;
import distributedmysql.config.LoadSettings.Engine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How many connections each part of a run has to one server at most, at the same time. */
final class ServerConnections {
    /** Most connections of a pool to a server that is about to die. */
    private static final int FAILOVER_POOL = 16;

    /** A pool of more connections than this is several pools. */
    private static final int LARGEST_POOL = 25;

    private static final int LEAST_IDLE = 10;
    private static final int LAG_WAYS = 3;
    /** Position, threads, and what a replica will never get. */
    private static final int THROTTLE = 3;

    private final Settings settings;
    private final int replicas;

    ServerConnections(Settings settings, int replicas) {
        this.settings = settings;
        this.replicas = replicas;
    }

    List<Demand> demands() {
        List<Demand> demands = new ArrayList<>();
        demands.add(pooled("performance", "connection.pool-size", List.of(new Item("counting statements", 1))));
        // On a replica each way of measuring the lag; on the primary, the comparison for each replica, and its
        // throttle.
        boolean throttled = !settings.consistency().tables().throttle().isOff();
        int nodes = Math.max(LAG_WAYS, 1 + replicas + (throttled ? THROTTLE : 0));
        demands.add(pooled(
                "consistency", "connection.pool-size", List.of(new Item("lag, or comparison of tables", nodes))));
        demands.add(pooled("soak", "connection.pool-size", List.of(new Item("readings of resources", 1))));
        int steps = Collections.max(settings.stability().connections().steps());
        demands.add(new Demand(
                "connections",
                "connections.steps",
                List.of(new Item("connections.steps", steps), idle(), administration())));
        if (settings.external().allowFaults() && settings.stability().failover().rounds() > 0) {
            int pool = Math.min(FAILOVER_POOL, settings.connection().poolSize());
            demands.add(new Demand(
                    "failover",
                    "connection.pool-size",
                    List.of(
                            new Item("numbered writes and reads", pool),
                            idle(),
                            new Item("probes", 2),
                            administration())));
        }
        return demands;
    }

    private Demand pooled(String part, String key, List<Item> own) {
        int pool = settings.connection().poolSize();
        List<Item> items = new ArrayList<>();
        items.add(new Item("connection.pool-size", pool));
        if (settings.load().engine() == Engine.GATLING_JDBC) {
            // The pools of a stage are closed while those of the next one open.
            items.add(new Item("pools of the gatling-jdbc plugin", 2.0 * pool));
        }
        items.addAll(own);
        items.add(administration());
        return new Demand(part, key, items);
    }

    /** One ends statements that take too long, one is for single statements, and one holds the lock that keeps other runs away. */
    private Item administration() {
        return new Item("administration", settings.readOnly() ? 2 : 3);
    }

    /** What the pools of the load keep open. */
    private Item idle() {
        int size = settings.connection().poolSize();
        int pools = (size + LARGEST_POOL - 1) / LARGEST_POOL;
        int each = (Math.min(size, LEAST_IDLE) + pools - 1) / pools;
        return new Item("kept open by connection.pool-size", pools * each);
    }
}
