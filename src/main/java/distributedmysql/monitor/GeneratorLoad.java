package distributedmysql.monitor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Samples how much of this machine's processor time the load generator's own JVM takes, and how busy the machine is in
 * all, so that a report can say when the generator was the limit and not the servers. Thread-safe.
 */
public final class GeneratorLoad implements AutoCloseable {
    private static final double HUNDREDTHS = 10_000;

    /**
     * Percent of all processors that this JVM may use; null where it is not known.
     *
     * @param process this JVM's share
     * @param machine of all processes; with servers on the same machine it holds theirs
     */
    public record Result(Percent process, Percent machine) {}

    public record Percent(double avg, double p95, double max, long samples) {}

    private static final class Share {
        private final Histogram hundredths = new Histogram(3);

        synchronized void record(double share) {
            hundredths.recordValue(Math.round(Math.min(1, Math.max(0, share)) * HUNDREDTHS));
        }

        synchronized Percent percent() {
            return hundredths.getTotalCount() == 0
                    ? null
                    : new Percent(
                            hundredths.getMean() / 100,
                            hundredths.getValueAtPercentile(95) / 100.0,
                            hundredths.getMaxValue() / 100.0,
                            hundredths.getTotalCount());
        }
    }

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Share process = new Share();
    private final Share machine = new Share();
    private final Sampler sampler;
    private long beforeNanos;
    private long beforeCpuNanos = -1;

    /** @throws IllegalArgumentException if the interval is not positive; below 100 ms the figures are coarse */
    public GeneratorLoad(Duration interval) {
        sampler = new Sampler("generator load", interval, this::take);
    }

    public void start() {
        sampler.start();
    }

    /** What was measured so far; also after {@link #close()}. */
    public Result result() {
        return new Result(process.percent(), machine.percent());
    }

    @Override
    public void close() {
        sampler.close();
    }

    private void take() {
        long nanos = System.nanoTime();
        // Negative where the platform does not tell: see the interface's documentation.
        long cpuNanos = system.getProcessCpuTime();
        double machineShare = system.getCpuLoad();
        if (beforeCpuNanos >= 0 && cpuNanos >= 0) {
            double most = (double) (nanos - beforeNanos) * system.getAvailableProcessors();
            process.record((cpuNanos - beforeCpuNanos) / most);
            // The first answer is for the time since the JVM's start or for none at all, so it is not counted.
            if (machineShare >= 0) {
                machine.record(machineShare);
            }
        }
        beforeNanos = nanos;
        beforeCpuNanos = cpuNanos;
    }
}
