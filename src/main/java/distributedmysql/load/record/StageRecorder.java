package distributedmysql.load.record;

import distributedmysql.check.FailedRequests;
import distributedmysql.check.ServerCounts;
import distributedmysql.load.FailureCounts;
import distributedmysql.load.SqlFailure;
import distributedmysql.monitor.GeneratorLoad;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.RateCap;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Records the requests of one stage. Latencies count from a request's intended start, in microseconds; only requests
 * that start in the steady window count, and only successful ones have a latency. Thread-safe and wait-free.
 */
public final class StageRecorder {
    /** Where the wait for a connection cannot be told from the rest of the latency. */
    public static final long UNKNOWN_WAIT = -1;

    private static final long NOT_STARTED = Long.MIN_VALUE;

    /** One request that takes a millisecond is not 1,000 requests per second. */
    private static final double SHORTEST_SECONDS = 1;

    private final StagePlan plan;
    private final Runnable onBegin;
    private final long uncountedNanos;
    private final long countedFromNanos;
    private final long endNanos;
    private final AtomicLong firstStart = new AtomicLong(NOT_STARTED);
    private final FailureCounts failures = new FailureCounts();
    private final Executions executions = new Executions();
    private final RequestRecorders byRequest = new RequestRecorders();
    private final ShardRecorders byShard = new ShardRecorders();
    private final IntervalRecorder intervals;
    private final GeneratorLoad load;
    private final RateCap cap;
    private volatile boolean timedByGatling;
    private final RoleRecorders counted = new RoleRecorders();

    /**
     * By {@link #index}; an array, for a list has a branch. What does not count is recorded as well, and thrown away: a
     * branch that is never taken in the warm-up is left out of the compiled code, and the first request that counted would
     * have it all compiled anew, for three seconds of the measured window.
     */
    private final RoleRecorders[] requests = {counted, new RoleRecorders()};

    /** @param onBegin is called once, by the first request; must not block */
    public StageRecorder(StagePlan plan, Runnable onBegin) {
        this(plan, onBegin, new IntervalRecorder(Duration.ZERO, Duration.ofSeconds(1)), null, RateCap.none());
    }

    /**
     * @param intervals is told of the counted requests too
     * @param load of the generator; null if it is not measured
     * @param cap what may limit the stage
     */
    public StageRecorder(
            StagePlan plan, Runnable onBegin, IntervalRecorder intervals, GeneratorLoad load, RateCap cap) {
        this.load = load;
        this.cap = cap;
        this.plan = plan;
        this.intervals = intervals;
        this.onBegin = onBegin;
        this.uncountedNanos = plan.uncounted().toNanos();
        // The first request to be noticed need not be the first that began; of a scenario of the user's, all count.
        this.countedFromNanos = plan.isOwn() ? -plan.phases().steady().toNanos() : uncountedNanos;
        this.endNanos = uncountedNanos + plan.phases().steady().toNanos();
    }

    static StageRecorder unmeasured() {
        return new StageRecorder(StagePlan.UNMEASURED, () -> {});
    }

    /** What the stage is meant to do. */
    public StagePlan plan() {
        return plan;
    }

    /** A request starts; the first one starts the stage. */
    public void begin(long nanoTime) {
        if (firstStart.get() == NOT_STARTED && firstStart.compareAndSet(NOT_STARTED, nanoTime)) {
            onBegin.run();
        }
        requests[index(nanoTime)].started.incrementAndGet();
    }

    /** Whether the steady window has passed; false before the first request. */
    public boolean isOver() {
        long first = firstStart.get();
        return first != NOT_STARTED && System.nanoTime() - first >= endNanos;
    }

    /**
     * A request succeeded. All times are of {@link System#nanoTime()} or differences of them.
     *
     * @param poolWait may be {@link #UNKNOWN_WAIT}
     */
    public void succeeded(String request, Role role, long start, long poolWait, long end) {
        int index = index(start);
        RoleRecorder recorder = requests[index].roles.get(role);
        long micros = RoleRecorder.micros(end - start);
        recorder.latency.recordValue(micros);
        byRequest.of(request).succeeded(index, micros, end);
        intervals.succeeded(start - firstStart.get() - uncountedNanos, micros);
        if (poolWait != UNKNOWN_WAIT) {
            recorder.poolWait.recordValue(RoleRecorder.micros(poolWait));
        }
    }

    /**
     * One shard has answered a request, or its part of one; or it has not.
     *
     * @param shard from 0 on
     */
    public void ofShard(int shard, long start, long end, boolean succeeded) {
        if (index(start) == 0) {
            byShard.add(shard, RoleRecorder.micros(end - start), succeeded);
        }
    }

    /** A request failed, or could not even be made. */
    public void failed(String request, Role role, long start, SqlFailure failure) {
        failed(request, counted.roles.get(role), start, failure);
    }

    /** A request to every shard succeeds without these. */
    public void partial(String request, long start, List<String> missingShards) {
        byRequest.of(request).partial(index(start), missingShards);
    }

    private void failed(String request, RoleRecorder role, long start, SqlFailure failure) {
        int index = index(start);
        byRequest.of(request).failed(index, failure);
        if (index == 0) {
            role.errors.increment();
            intervals.failed(start - firstStart.get() - uncountedNanos);
            failures.add(failure);
        }
    }

    /**
     * A request that another action than ours sent, to a server that we do not know, has ended. It begins here too.
     *
     * @param millis as Gatling has it, to the millisecond
     * @param failure null if it succeeded
     */
    public void responded(String request, long millis, SqlFailure failure) {
        timedByGatling = true;
        long end = System.nanoTime();
        long start = end - millis * 1_000_000;
        begin(start);
        if (failure == null) {
            int index = index(start);
            long micros = RoleRecorder.micros(end - start);
            requests[index].elsewhere.latency.recordValue(micros);
            byRequest.of(request).succeeded(index, micros, end);
            intervals.succeeded(start - firstStart.get() - uncountedNanos, micros);
        } else {
            failed(request, counted.elsewhere, start, failure);
        }
    }

    /** All requests by name, whether they count or not. */
    public List<FailedRequests.Requests> requests() {
        return byRequest.all(plan.name());
    }

    /** Of {@link System#nanoTime()}; no order among recorders whose first request has not begun. */
    long firstStart() {
        return firstStart.get();
    }

    /**
     * A statement was sent, whether counted or not: for the comparison with the server's own counts.
     *
     * @param answered false if the connection broke before the server's answer came
     */
    public void executed(Node node, String statement, boolean answered) {
        executions.add(node, statement, answered);
    }

    /**
     * Where the connection decides which of several servers a request goes to: it begins or ceases to wait for this one. Whom no
     * request waits for is not silent, however many are sent to the others.
     */
    public void waiting(Node node, boolean begins) {
        executions.waiting(node, begins);
    }

    /** A request was meant for this server, and had no connection to it. */
    public void unreached(Node node) {
        executions.unreached(node);
    }

    /** How many requests had no connection to a server. */
    long unreached(String server) {
        return executions.unreached(server);
    }

    /** How many requests wait for a server now; empty if {@link #waiting} does not say so. */
    OptionalLong waitingFor(String server) {
        return executions.waitingFor(server);
    }

    /** How often which statement was sent to a node, warm-up included; by the name that the function gives a text. */
    public List<ServerCounts.Client> executions(Node node, UnaryOperator<String> statementOf) {
        return executions.of(node, statementOf);
    }

    /**
     * From the first request until no more are started, warm-up and what is not counted at the end included; of a scenario of the
     * user's own, until its newest answer. Empty if none has begun.
     */
    public Optional<LoadTime> loadTime() {
        long first = firstStart.get();
        if (first == NOT_STARTED) {
            return Optional.empty();
        }
        long planned = first + plan.whole().toNanos();
        return Optional.of(
                new LoadTime(first, plan.isOwn() ? byRequest.lastEnd().orElse(first) : planned));
    }

    /** The steady window, as far as it has passed; empty if it has not begun. */
    public Optional<LoadTime> steadyTime() {
        long first = firstStart.get();
        if (first == NOT_STARTED || System.nanoTime() - first <= uncountedNanos) {
            return Optional.empty();
        }
        long passed = Math.min(System.nanoTime() - first, endNanos);
        return Optional.of(new LoadTime(first + uncountedNanos, first + passed));
    }

    /** Requests that have started so far, whether counted or not. */
    long started() {
        return requests[0].started.get() + requests[1].started.get();
    }

    /** Statements that each server has answered so far, whether counted or not, by its name; of those that were asked, or should have been. */
    Map<String, Long> answered() {
        return executions.answered();
    }

    /** What has been measured so far; empty if the steady window has not begun. */
    public Optional<StageMeasurement> measured() {
        long first = firstStart.get();
        if (plan.isOwn()) {
            return byRequest.lastEnd().stream()
                    .mapToObj(end -> measured(Math.max((end - first) / 1e9, SHORTEST_SECONDS)))
                    .findFirst();
        }
        double seconds = first == NOT_STARTED
                ? 0
                : Math.min(System.nanoTime() - first - uncountedNanos, endNanos - uncountedNanos) / 1e9;
        return seconds <= 0 ? Optional.empty() : Optional.of(measured(seconds));
    }

    private StageMeasurement measured(double seconds) {
        RoleRecorder all = counted.together();
        Map<Role, StageMeasurement.Requests> byRole = new EnumMap<>(Role.class);
        counted.roles.forEach((role, recorder) -> byRole.put(role, recorder.measured()));
        List<FailureCounts.Failures> failed = failures.counts();
        long from = firstStart.get() + uncountedNanos;
        long to = from + Math.round(seconds * 1e9);
        return new StageMeasurement(
                plan,
                plan.isOwn() && timedByGatling ? StagePlan.GATLING : plan.engine(),
                !isOver() && !plan.isOwn(),
                seconds,
                counted.started.get(),
                new StageMeasurement.Requests(
                        all.latency,
                        failed.stream().mapToLong(FailureCounts.Failures::count).sum()),
                all.poolWait,
                byRole,
                byShard.measured(),
                failed,
                byRequest.measured(),
                intervals.ofStage(seconds),
                load == null ? Optional.empty() : load.between(from, to),
                cap.use(from, to));
    }

    /** 0 if a request that starts then counts, else 1; without a branch. */
    private int index(long start) {
        long since = start - firstStart.get();
        return (int) (((since - countedFromNanos) | (endNanos - 1 - since)) >>> (Long.SIZE - 1));
    }
}
