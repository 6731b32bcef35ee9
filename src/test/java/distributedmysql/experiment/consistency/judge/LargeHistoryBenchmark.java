package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.HistoryRecorder;
import distributedmysql.history.Invocation;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records and checks five million operations on a million keys; every checker has work. Not part of the build; run it in
 * a heap that the operations themselves would not fit in:
 *
 * <pre>mvn test -Dtest=LargeHistoryBenchmark -DargLine=-Xmx256m</pre>
 */
class LargeHistoryBenchmark {
    private static final int KEYS = 1_000_000;
    private static final int OPERATIONS = 5 * KEYS;
    private static final int SESSION = 25;
    private static final int THREADS = 8;
    private static final long[] DELAYS = {0, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000};
    private static final Strategy[] STRATEGIES = Strategy.values();

    @Test
    void fiveMillionOperationsAreCheckedInBoundedMemory(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("history.jsonl.gz");
        long started = System.nanoTime();
        Duration processor = processor();
        try (HistoryRecorder recorder = HistoryRecorder.open(file, header(), failure -> {})) {
            record(recorder);
        }
        report("recorded by " + THREADS + " threads", started, processor);
        System.out.printf(Locale.ROOT, "file: %d MB%n", Files.size(file) / 1_000_000);
        started = System.nanoTime();
        processor = processor();
        ConsistencyVerdicts verdicts = ConsistencyVerdicts.of(History.read(file));
        report("checked", started, processor);
        verdicts.lines().forEach(System.out::println);
        assertThat(verdicts.areAllValid()).isTrue();
        assertThat(verdicts.lostWrites().acknowledged()).isEqualTo(KEYS);
    }

    private static void report(String what, long started, Duration processor) {
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s (%.1f s of processor time), %.0f operations/s, heap limit %d MB%n",
                what,
                seconds,
                processor().minus(processor).toMillis() / 1e3,
                OPERATIONS / seconds,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Header header() {
        List<Long> delays = new ArrayList<>();
        for (long delay : DELAYS) {
            delays.add(delay);
        }
        Plan plan = new Plan(EnumSet.allOf(Probe.class), EnumSet.allOf(Strategy.class), delays, 80);
        return new Header(Instant.now(), "node1", List.of("node2"), plan, Map.of());
    }

    private static void record(HistoryRecorder recorder) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * (KEYS / THREADS);
                ends.add(workers.submit(() -> recordKeys(recorder, first, first + KEYS / THREADS)));
            }
            for (Future<?> end : ends) {
                end.get(10, TimeUnit.MINUTES);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static void recordKeys(HistoryRecorder recorder, int from, int to) {
        for (int key = from; key < to; key++) {
            Probe probe = Probe.values()[key % 3];
            long at = 1_000_000L * key;
            String gtid = "3e11fa47-71ca-11e1-9e33-c80aa9429562:" + key;
            Write.Basis basis = key == from ? Write.Basis.NONE : new Write.Basis(key - 3L, 1);
            recorder.record(new Write(call(probe, key, key, "node1", at), Completion.OK, 1, gtid, basis));
            Strategy strategy = STRATEGIES[key / 3 % STRATEGIES.length];
            Read.After after = probe == Probe.SESSION
                    ? Read.After.NOTHING
                    : new Read.After(1, at + 500, DELAYS[key / 12 % DELAYS.length]);
            String node = strategy == Strategy.PRIMARY && probe != Probe.POLL ? "node1" : "node2";
            boolean stepBack = probe == Probe.SESSION && key - 3 >= from;
            read(recorder, call(probe, key, key, node, at + 600 + after.delayMicros()), strategy, after);
            read(recorder, call(probe, key, stepBack ? key - 3L : key, node, at + 300_000), strategy, after);
            read(recorder, call(Probe.FINAL_READ, 0, key, "node1", at + 400_000), strategy, Read.After.NOTHING);
            read(recorder, call(Probe.FINAL_READ, 0, key, "node2", at + 400_000), strategy, Read.After.NOTHING);
        }
    }

    private static void read(HistoryRecorder recorder, Invocation call, Strategy strategy, Read.After after) {
        recorder.record(new Read(call, Completion.OK, strategy, after, new Read.Answer(1, true), Read.GtidWait.NONE));
    }

    /** Sessions of eight or nine keys; none is of two threads. */
    private static Invocation call(Probe probe, long key, long target, String node, long at) {
        return new Invocation(key / SESSION, probe, target, node, at, at + 500);
    }
}
