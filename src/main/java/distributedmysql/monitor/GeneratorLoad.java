package distributedmysql.monitor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Samples how much processor time the load generator's own JVM takes, and how busy the machine is in all, so that a
 * report can say when the generator was the limit and not the servers. Thread-safe.
 */
public final class GeneratorLoad implements AutoCloseable {
    /**
     * What was taken in a span of time.
     *
     * @param processSeconds processor time of this JVM
     * @param processPercent of all processors that this JVM may use
     * @param machinePercent of the same processors, by all processes, servers on this machine among them; null where it
     *     is not known
     */
    public record Share(double processSeconds, double processPercent, Double machinePercent) {}

    /** Sums since the first reading. */
    private record Reading(long nanos, double processNanos, double machineNanos) {}

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<Reading> readings = new ArrayList<>();
    private final Sampler sampler;
    private boolean machineIsKnown = true;

    /** @throws IllegalArgumentException if the interval is not positive; below 100 ms the figures are coarse */
    public GeneratorLoad(Duration interval) {
        sampler = new Sampler("generator load", interval, this::take);
    }

    public void start() {
        sampler.start();
    }

    @Override
    public void close() {
        sampler.close();
    }

    /**
     * What was taken between two moments of {@link System#nanoTime()}, as far as readings cover them; empty if there
     * are not two readings, or if this platform does not tell.
     */
    public synchronized Optional<Share> between(long fromNanos, long toNanos) {
        if (readings.size() < 2) {
            return Optional.empty();
        }
        Reading from = at(fromNanos);
        Reading to = at(toNanos);
        double most = (double) (to.nanos - from.nanos) * system.getAvailableProcessors();
        if (most <= 0) {
            return Optional.empty();
        }
        double process = to.processNanos - from.processNanos;
        return Optional.of(new Share(
                process / 1e9,
                percent(process / most),
                machineIsKnown ? percent((to.machineNanos - from.machineNanos) / most) : null));
    }

    private static double percent(double share) {
        return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10.0;
    }

    /** Between two readings the time was taken evenly; before the first and after the last nothing is known. */
    private Reading at(long nanos) {
        Reading before = readings.get(0);
        for (Reading reading : readings) {
            if (reading.nanos - nanos >= 0) {
                double part = reading.nanos == before.nanos
                        ? 1
                        : Math.max(0, (double) (nanos - before.nanos) / (reading.nanos - before.nanos));
                return new Reading(
                        before.nanos + Math.round(part * (reading.nanos - before.nanos)),
                        before.processNanos + part * (reading.processNanos - before.processNanos),
                        before.machineNanos + part * (reading.machineNanos - before.machineNanos));
            }
            before = reading;
        }
        return before;
    }

    private synchronized void take() {
        long nanos = System.nanoTime();
        // Both are negative where the platform does not tell: see the interface's documentation.
        long processNanos = system.getProcessCpuTime();
        double machine = system.getCpuLoad();
        if (processNanos < 0) {
            return;
        }
        if (readings.isEmpty()) {
            // The first share is for the time since the JVM's start, or for none at all, so it is not counted.
            readings.add(new Reading(nanos, processNanos, 0));
            return;
        }
        machineIsKnown &= machine >= 0;
        Reading last = readings.get(readings.size() - 1);
        double busy = machine * (nanos - last.nanos) * system.getAvailableProcessors();
        readings.add(new Reading(nanos, processNanos, last.machineNanos + busy));
    }
}
