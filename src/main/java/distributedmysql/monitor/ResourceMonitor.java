package distributedmysql.monitor;

import distributedmysql.history.Quantity;
import distributedmysql.history.TimeSeries;
import distributedmysql.mysql.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Samples what must not grow: in this JVM, and on each server. Thread-safe. */
public final class ResourceMonitor implements AutoCloseable {
    static final String NO_PROC = "this system has no /proc";

    private final List<ResourceSeries> series = new ArrayList<>();
    private final List<Sampler> samplers = new ArrayList<>();

    /**
     * Starts to sample; the heap is read at about half the rate, because each reading of it takes a collection.
     *
     * @param interval between two readings
     */
    public ResourceMonitor(List<Node> nodes, Duration interval) {
        long start = System.nanoTime();
        add("client", start, interval, client -> new ClientResources(client, interval));
        for (Node node : nodes) {
            add(node.name(), start, interval, server -> new ServerResources(node, server));
        }
        samplers.forEach(Sampler::start);
    }

    private void add(
            String name,
            long start,
            Duration interval,
            java.util.function.Function<ResourceSeries, Sampler.Reading> reading) {
        ResourceSeries ofNode = new ResourceSeries(name, start);
        series.add(ofNode);
        samplers.add(new Sampler("resources of " + name, interval, reading.apply(ofNode)));
    }

    /** What can be read on this system and of these servers. */
    public static Set<Quantity> readable(List<Node> nodes) {
        Set<Quantity> readable = EnumSet.allOf(Quantity.class);
        if (!ResidentMemory.isReadable()) {
            readable.removeAll(EnumSet.of(Quantity.CLIENT_RESIDENT, Quantity.SERVER_RESIDENT));
        }
        if (nodes.stream().noneMatch(node -> node.pid().isPresent())) {
            readable.remove(Quantity.SERVER_RESIDENT);
        }
        if (ClientResources.files() == null) {
            readable.remove(Quantity.CLIENT_FILES);
        }
        return readable;
    }

    /**
     * What was read in this time, also after {@link #close()}; a quantity that could not be read says why. Before and after
     * a load nothing grows: readings from there would hide in part what does under it.
     */
    public List<TimeSeries> series(LoadTime load) {
        return series.stream().flatMap(ofNode -> ofNode.in(load).stream()).toList();
    }

    @Override
    public void close() {
        Sampler.closeAll(samplers);
    }
}
