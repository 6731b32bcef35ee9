package distributedmysql.config;

import distributedmysql.config.Demand.Item;
import distributedmysql.config.LoadSettings.Engine;
import java.util.ArrayList;
import java.util.List;

/** What connections to one server experiments have in common. */
public final class ServerConnections {
    private static final String POOL_SIZE = "connection.pool-size";

    /** A pool of more connections than this is several pools. */
    private static final int LARGEST_POOL = 25;

    private static final int LEAST_IDLE = 10;

    private ServerConnections() {}

    /**
     * Of a load over the pools, and what is connected besides.
     *
     * @param part the experiment's key
     */
    public static Demand pooled(Settings settings, String part, Item... besides) {
        int pool = settings.connection().poolSize();
        List<Item> items = new ArrayList<>();
        items.add(new Item(POOL_SIZE, pool));
        if (settings.load().engine() == Engine.GATLING_JDBC) {
            // The pools of a stage are closed while those of the next one open.
            items.add(new Item("pools of the gatling-jdbc plugin", 2.0 * pool));
        }
        items.addAll(List.of(besides));
        items.add(administration(settings));
        return new Demand(part, POOL_SIZE, items);
    }

    /** One ends statements that take too long, one is for single statements, and one holds the lock that keeps other runs away. */
    public static Item administration(Settings settings) {
        return new Item("administration", settings.readOnly() ? 2 : 3);
    }

    /** How many pools may have connections to one server: what goes through an endpoint has one of its own. */
    public static int ways(Settings settings) {
        return settings.external().endpoints().areUsed() ? 2 : 1;
    }

    /** What the pools of the load keep open. */
    public static Item idle(Settings settings) {
        int size = settings.connection().poolSize();
        int pools = (size + LARGEST_POOL - 1) / LARGEST_POOL;
        int each = (Math.min(size, LEAST_IDLE) + pools - 1) / pools;
        return new Item("kept open by " + POOL_SIZE, ways(settings) * pools * each);
    }
}
