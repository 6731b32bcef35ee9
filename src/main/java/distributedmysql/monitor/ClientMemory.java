package distributedmysql.monitor;

import distributedmysql.history.RunClock;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * What this JVM takes of the machine's memory, ten times a second: heap in use, garbage and all
 * ({@link java.lang.management.MemoryMXBean}), direct buffers ({@link BufferPoolMXBean}), and resident memory, which has everything, that of
 * native libraries too ({@code VmRSS}, see proc(5)). Thread-safe.
 */
public final class ClientMemory implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** @param residentBytes empty where the system has no {@code /proc} */
    private record Point(long atMicros, long heapBytes, long directBytes, OptionalLong residentBytes) {}

    /**
     * The highest readings of some time; not all of one moment.
     *
     * @param residentBytes empty where the system has no {@code /proc}
     */
    public record Highest(long heapBytes, long directBytes, OptionalLong residentBytes) {}

    private final RunClock clock;
    private final List<Point> points = new ArrayList<>();
    private final List<BufferPoolMXBean> direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .toList();
    private final Sampler sampler = new Sampler("memory of this JVM", INTERVAL, this::read);

    /** Of what the points are on. */
    public ClientMemory(RunClock clock) {
        this.clock = clock;
    }

    /** @throws IllegalThreadStateException if called a second time */
    public void start() {
        sampler.start();
    }

    private void read() throws IOException {
        Point point = new Point(
                clock.micros(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                direct.stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum(),
                ResidentMemory.isReadable()
                        ? OptionalLong.of(ResidentMemory.of("self").bytes())
                        : OptionalLong.empty());
        synchronized (points) {
            points.add(point);
        }
    }

    /**
     * Between two times on the run's clock.
     *
     * @return empty if nothing was read then
     */
    public Optional<Highest> highest(long fromMicros, long toMicros) {
        List<Point> between;
        synchronized (points) {
            between = points.stream()
                    .filter(point -> point.atMicros >= fromMicros && point.atMicros < toMicros)
                    .toList();
        }
        return between.isEmpty()
                ? Optional.empty()
                : Optional.of(new Highest(
                        most(between, Point::heapBytes),
                        most(between, Point::directBytes),
                        between.stream()
                                .flatMapToLong(point -> point.residentBytes.stream())
                                .max()));
    }

    private static long most(List<Point> points, ToLongFunction<Point> what) {
        return points.stream().mapToLong(what).max().orElseThrow();
    }

    /** Does nothing the second time. */
    @Override
    public void close() {
        sampler.close();
    }
}
