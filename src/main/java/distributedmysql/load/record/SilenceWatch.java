package distributedmysql.load.record;

import distributedmysql.monitor.LoadTime;
import distributedmysql.monitor.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Notes when servers answer nothing though requests go on being sent to them: in the open model, whose requests do not wait for
 * answers. Reads the counters of the stages four times per second, and sends nothing. Thread-safe.
 */
public final class SilenceWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final long LEAST_NANOS = Duration.ofSeconds(1).toNanos();

    /** Requests that must have been sent meanwhile, and answers that were due by the stage's own pace. */
    private static final int LEAST_SENT = 10;

    private static final int LEAST_DUE = 10;

    /**
     * @param server its name
     * @param time at least; it was noticed a quarter of a second late at both ends
     */
    public record Silence(String server, LoadTime time) {}

    private final StageRecorders recorders;
    private final Sampler sampler = new Sampler("silence of servers", INTERVAL, this::take);
    private final Map<StageRecorder, Map<String, Answers>> answers = new HashMap<>();

    public SilenceWatch(StageRecorders recorders) {
        this.recorders = recorders;
    }

    public void start() {
        sampler.start();
    }

    @Override
    public void close() {
        sampler.close();
    }

    /** Those of at least a second that are in this time, or reach into it. */
    public synchronized List<Silence> during(LoadTime time) {
        return answers.values().stream()
                .flatMap(servers -> servers.entrySet().stream())
                .flatMap(server ->
                        server.getValue().silences().stream().map(silent -> new Silence(server.getKey(), silent)))
                .filter(silence -> silence.time().fromNanos() - time.toNanos() < 0
                        && time.fromNanos() - silence.time().toNanos() < 0)
                .toList();
    }

    private void take() {
        for (StageRecorder recorder : recorders.all()) {
            take(recorder, System.nanoTime());
        }
    }

    synchronized void take(StageRecorder recorder, long nanos) {
        long started = recorder.started();
        if (started == 0) {
            return;
        }
        Map<String, Answers> servers = answers.computeIfAbsent(recorder, first -> new TreeMap<>());
        recorder.answered()
                .forEach((server, answered) -> servers.computeIfAbsent(
                                server, first -> new Answers(nanos, started, answered))
                        .add(nanos, started, answered, recorder.unreached(server), recorder.waitingFor(server)));
    }

    /** Of one stage and one server. */
    private static final class Answers {
        private final List<LoadTime> past = new ArrayList<>();
        private final long firstNanos;
        private final long firstEnded;
        private long ended;
        private long sinceNanos;
        private long startedSince;
        private long lastSentNanos;
        private long lastStarted;
        private long unreached;
        private long unreachedBefore;

        Answers(long nanos, long started, long ended) {
            this.firstNanos = nanos;
            this.firstEnded = ended;
            answered(nanos, started, ended);
        }

        private void answered(long nanos, long started, long nowEnded) {
            ended = nowEnded;
            sinceNanos = nanos;
            startedSince = started;
            lastSentNanos = nanos;
            lastStarted = started;
        }

        void add(long nanos, long started, long nowEnded, long nowUnreached, OptionalLong waiting) {
            unreached = nowUnreached;
            if (nowEnded != ended || waiting.orElse(1) == 0) {
                past.addAll(current());
                unreachedBefore = nowUnreached;
                answered(nanos, started, nowEnded);
            } else if (started != lastStarted) {
                lastSentNanos = nanos;
                lastStarted = started;
            }
        }

        /** After the last request was sent, no answer is due. */
        private List<LoadTime> current() {
            long silent = lastSentNanos - sinceNanos;
            double answering = sinceNanos - firstNanos;
            // Of one that is dead from the beginning, no pace is known.
            boolean due = unreached - unreachedBefore >= LEAST_DUE
                    || (answering > 0 && (ended - firstEnded) / answering * silent >= LEAST_DUE);
            return silent >= LEAST_NANOS && lastStarted - startedSince >= LEAST_SENT && due
                    ? List.of(new LoadTime(sinceNanos, lastSentNanos))
                    : List.of();
        }

        List<LoadTime> silences() {
            List<LoadTime> all = new ArrayList<>(past);
            all.addAll(current());
            return all;
        }
    }
}
