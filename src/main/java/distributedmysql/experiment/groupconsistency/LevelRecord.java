package distributedmysql.experiment.groupconsistency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What was recorded under one level. Judges nothing. Thread-safe. */
final class LevelRecord {
    private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private final List<Long> writes = new ArrayList<>();
    private final List<Long> readTimes = new ArrayList<>();
    private final List<SecondaryRead> reads = new ArrayList<>();
    private long failedWrites;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros;

    /** One of those that follow each other as fast as they are acknowledged. */
    synchronized void write(long beginMicros, long endMicros, boolean acknowledged) {
        firstMicros = Math.min(firstMicros, beginMicros);
        lastMicros = Math.max(lastMicros, endMicros);
        if (acknowledged) {
            writes.add(endMicros - beginMicros);
        } else {
            failedWrites++;
        }
    }

    /** @param tookMicros from when it was due */
    synchronized void read(SecondaryRead read, long tookMicros) {
        reads.add(read);
        if (read.isAnswered()) {
            readTimes.add(tookMicros);
        }
    }

    synchronized List<SecondaryRead> reads() {
        return List.copyOf(reads);
    }

    /** Times of acknowledged writes, in microseconds, in the order of their ends. */
    synchronized List<Long> writeTimes() {
        return List.copyOf(writes);
    }

    /** The same of answered reads. */
    synchronized List<Long> readTimes() {
        return List.copyOf(readTimes);
    }

    synchronized long failedWrites() {
        return failedWrites;
    }

    /** From the begin of the first write to the end of the last; 0 before any. */
    synchronized double writesPerSecond() {
        return lastMicros <= firstMicros ? 0 : writes.size() * 1e6 / (lastMicros - firstMicros);
    }

    static Histogram histogram(List<Long> micros) {
        Histogram histogram = new Histogram(HIGHEST_MICROS, 3);
        micros.forEach(value -> histogram.recordValue(Math.min(value, HIGHEST_MICROS)));
        return histogram;
    }
}
