package distributedmysql.monitor;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each collection leaves in this JVM's heap. Where the collector is G1, it is asked to collect at least once per
 * interval (concurrently: JEP 346, "Promptly Return Unused Committed Memory from G1"), because a small load may not
 * fill its young generation for minutes; {@link #close()} undoes that. Other collectors collect when they want to. Used
 * by one thread, except {@link #close()}.
 */
final class HeapAfterCollection implements AutoCloseable {
    private static final String PERIOD = "G1PeriodicGCInterval";

    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final Optional<String> periodBefore;
    private long newestEnd;

    HeapAfterCollection(Duration interval) {
        periodBefore = setPeriod(Long.toString(interval.toMillis()));
        newestEnd = newest().map(GcInfo::getEndTime).orElse(-1L);
    }

    /** Bytes after the newest collection; empty if there was none since the last call. */
    Optional<Long> take() {
        Optional<GcInfo> collection = newest().filter(info -> info.getEndTime() > newestEnd);
        collection.ifPresent(info -> newestEnd = info.getEndTime());
        return collection.map(this::used);
    }

    private Optional<GcInfo> newest() {
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime));
    }

    private long used(GcInfo collection) {
        return collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    @Override
    public void close() {
        periodBefore.ifPresent(HeapAfterCollection::setPeriod);
    }

    /** The value before; empty if this JVM has no such option, or none that may be changed while it runs. */
    private static Optional<String> setPeriod(String millis) {
        try {
            HotSpotDiagnosticMXBean diagnostic = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            String before = diagnostic.getVMOption(PERIOD).getValue();
            diagnostic.setVMOption(PERIOD, millis);
            return Optional.of(before);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
