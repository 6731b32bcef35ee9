package distributedmysql.monitor;

import com.sun.management.UnixOperatingSystemMXBean;
import distributedmysql.history.Quantity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Readings of this JVM: heap after collection, resident memory, threads, open files. */
final class ClientResources implements Sampler.Reading {
    private final ResourceSeries series;
    private final HeapAfterCollection heap;

    ClientResources(ResourceSeries series, Duration interval) {
        this.series = series;
        this.heap = new HeapAfterCollection(interval);
        series.expect(Quantity.CLIENT_HEAP);
        series.missing(Quantity.CLIENT_HEAP, "no collection happened");
        series.expect(Quantity.CLIENT_THREADS);
        if (!ResidentMemory.isReadable()) {
            series.missing(Quantity.CLIENT_RESIDENT, ResourceMonitor.NO_PROC);
        }
        if (files() == null) {
            series.missing(Quantity.CLIENT_FILES, "this system does not say how many files a process has open");
        }
    }

    @Override
    public void take() throws IOException {
        long now = System.nanoTime();
        heap.take().ifPresent(bytes -> series.add(Quantity.CLIENT_HEAP, now, bytes));
        series.add(
                Quantity.CLIENT_THREADS,
                now,
                ManagementFactory.getThreadMXBean().getThreadCount());
        UnixOperatingSystemMXBean files = files();
        if (files != null) {
            series.add(Quantity.CLIENT_FILES, now, files.getOpenFileDescriptorCount());
        }
        if (ResidentMemory.isReadable()) {
            series.add(Quantity.CLIENT_RESIDENT, now, ResidentMemory.of("self").bytes());
        }
    }

    @Override
    public void close() {
        heap.close();
    }

    static UnixOperatingSystemMXBean files() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix ? unix : null;
    }
}
