package distributedmysql.monitor.machine;

import com.sun.management.OperatingSystemMXBean;
import distributedmysql.history.MachineTime;
import distributedmysql.monitor.LoadTime;
import distributedmysql.monitor.Sampler;
import distributedmysql.mysql.Node;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Watches the machine that the client runs on, four times per second for as long as the run lasts: who takes the processors,
 * what the host, the container and the memory hold up, and how late threads of this JVM wake up. Where {@code /proc} is absent
 * the processors' load is what the JVM tells, and the rest is not known. Thread-safe.
 */
public final class MachineLoad implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final KernelFiles kernel = new KernelFiles(Path.of("/"));
    private final StallMeter stalls = new StallMeter();
    private final LocalServers servers;
    private final Sampler sampler = new Sampler("machine", INTERVAL, this::take);
    private final MachineLog log = new MachineLog();
    private final long startNanos = System.nanoTime();
    private Sums last;

    /** All since the machine's, or the JVM's, start. */
    private record Sums(
            long nanos,
            KernelFiles.ProcessorTime processors,
            long clientNanos,
            OptionalLong memoryNanos,
            OptionalLong swapped,
            OptionalLong throttledNanos,
            long collectionNanos) {}

    /** @param nodes the servers under test, here or elsewhere */
    public MachineLoad(List<Node> nodes) {
        servers = new LocalServers(nodes);
    }

    public void start() {
        stalls.start();
        sampler.start();
    }

    @Override
    public void close() {
        sampler.close();
        stalls.close();
    }

    /** What is known of a span of time so far. */
    public synchronized List<MachineTime> during(LoadTime time) {
        return log.between(time.fromNanos(), time.toNanos());
    }

    /** From the start until now. */
    public LoadTime soFar() {
        return new LoadTime(startNanos, System.nanoTime());
    }

    private synchronized void take() {
        Sums now = new Sums(
                System.nanoTime(),
                kernel.processorTime().orElse(null),
                system.getProcessCpuTime(),
                kernel.memoryWaitNanos(),
                kernel.pagesSwappedIn(),
                kernel.throttledNanos(),
                collectionNanos());
        double load = system.getCpuLoad();
        long serverNanos = servers.takenNanos();
        double stallMillis = stalls.takeLongestMillis();
        if (last != null) {
            log.add(now.nanos, time(now, load, serverNanos, stallMillis));
        }
        last = now;
    }

    private MachineTime time(Sums now, double load, long serverNanos, double stallMillis) {
        double nanos = now.nanos - last.nanos;
        return new MachineTime(
                nanos / 1e9,
                processors(now, nanos, load, serverNanos),
                percent(last.memoryNanos, now.memoryNanos, nanos),
                difference(last.swapped, now.swapped),
                percent(last.throttledNanos, now.throttledNanos, nanos),
                limited((now.collectionNanos - last.collectionNanos) / nanos),
                stallMillis);
    }

    private MachineTime.Processors processors(Sums now, double nanos, double load, long serverNanos) {
        boolean known = now.processors != null && last.processors != null;
        int count = known ? now.processors.processors() : system.getAvailableProcessors();
        double all = nanos * count;
        double busy = known
                ? limited((now.processors.busyNanos() - last.processors.busyNanos()) / all)
                : load < 0 ? Double.NaN : limited(load);
        double client = now.clientNanos < 0 ? Double.NaN : limited((now.clientNanos - last.clientNanos) / all);
        double ofServers = servers.areHere() && !servers.areHidden() ? limited(serverNanos / all) : Double.NaN;
        double others =
                servers.areHidden() ? Double.NaN : Math.max(0, busy - client - (servers.areHere() ? ofServers : 0));
        double steal = known ? limited((now.processors.stealNanos() - last.processors.stealNanos()) / all) : Double.NaN;
        return new MachineTime.Processors(busy, client, ofServers, others, steal);
    }

    /** Collectors that work beside the program report whole cycles too; only their pauses stop it. */
    private static long collectionNanos() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> !collector.getName().endsWith("Cycles"))
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .map(millis -> millis * 1_000_000)
                .sum();
    }

    private static double difference(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent() ? after.getAsLong() - before.getAsLong() : Double.NaN;
    }

    private static double percent(OptionalLong before, OptionalLong after, double nanos) {
        return limited(difference(before, after) / nanos);
    }

    /** Counters of 10 ms are not read at the same moment as the clock. */
    private static double limited(double share) {
        return 100 * Math.min(1, Math.max(0, share));
    }
}
