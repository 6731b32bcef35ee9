package distributedmysql.monitor.table;

import distributedmysql.config.Plural;
import distributedmysql.config.Throttle;
import distributedmysql.monitor.LagAndThreads;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How fast tables are compared: waits while servers are busy or lag, and says now and then how far the comparison is. One for
 * all tables of a comparison, of which one is compared at a time. Thread-safe.
 */
final class Pace implements AutoCloseable {
    private static final long POLL_MILLIS = 250;
    private static final long POLLS_BETWEEN_LOOKS = 4;

    private final Throttle throttle;
    private final Consumer<String> say;
    private final List<Node> replicas;
    private final Optional<LagAndThreads> servers;
    private final ScheduledExecutorService lines;
    // Replicas for which it makes no sense to wait.
    private final Set<AwaitedReplica> hopeless = new HashSet<>();
    private volatile TableProgress progress;
    private TableDeadline deadline;

    private Pace(ReplicaSet replicaSet, Throttle throttle, Consumer<String> say) {
        this.throttle = throttle;
        this.say = say;
        this.replicas = replicaSet.replicas();
        this.servers = throttle.isOff() ? Optional.empty() : Optional.of(new LagAndThreads(replicaSet));
        this.lines = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress of the comparison");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Without a throttle, the servers are not asked, and the lines are without lag. */
    static Pace start(ReplicaSet replicaSet, Throttle throttle, Consumer<String> say, Duration betweenLines) {
        Pace pace = new Pace(replicaSet, throttle, say);
        pace.servers.ifPresent(LagAndThreads::start);
        long millis = betweenLines.toMillis();
        pace.lines.scheduleAtFixedRate(pace::sayHowFar, millis, millis, TimeUnit.MILLISECONDS);
        return pace;
    }

    /** @param deadline is postponed by what is waited for the table */
    void begin(String table, TableDeadline deadline) {
        synchronized (this) {
            this.deadline = deadline;
            hopeless.clear();
        }
        progress = new TableProgress(table);
    }

    TableProgress table() {
        return progress;
    }

    private void sayHowFar() {
        TableProgress now = progress;
        if (now != null) {
            say.accept(now.line() + lags());
        }
    }

    private String lags() {
        return servers.map(known -> replicas.stream()
                        .map(node -> node.name() + " " + TableProgress.seconds(known.lag(node)))
                        .collect(Collectors.joining(", ", "; lag: ", "")))
                .orElse("");
    }

    /**
     * Waits while the primary, or one of these replicas, is busier than the throttle allows.
     *
     * @return replicas for which that was in vain, and why: the others can be compared
     * @throws IncompleteException if it was in vain for the primary
     */
    synchronized Map<AwaitedReplica, String> pause(Node primary, Collection<AwaitedReplica> compared)
            throws IncompleteException {
        Map<AwaitedReplica, String> inVain = new LinkedHashMap<>();
        Optional<Busy> busy = busy(primary, compared, inVain);
        if (busy.isEmpty()) {
            return inVain;
        }
        String said = "";
        for (long polls = 0; busy.isPresent(); polls++) {
            progress.waits(busy.get().why());
            if (!busy.get().what().equals(said)) {
                said = busy.get().what();
                say.accept("comparing waits, because " + busy.get().why());
            }
            if (progress.waited().compareTo(throttle.maxWait()) >= 0) {
                String why = "waited " + TableProgress.text(progress.waited())
                        + " (throttle.max-wait) for this table, and still "
                        + busy.get().why();
                if (busy.get().replica().isEmpty()) {
                    throw new IncompleteException(why);
                }
                giveUp(busy.get().replica().get(), why, inVain);
            } else {
                waitABit();
                if (polls % POLLS_BETWEEN_LOOKS == 0) {
                    busy.flatMap(Busy::replica).ifPresent(this::look);
                }
            }
            busy = busy(primary, compared, inVain);
        }
        progress.waits("");
        say.accept("comparing goes on, " + TableProgress.text(progress.waited()) + " waited for this table");
        return inVain;
    }

    /**
     * @param what the same as long as it is the same thing
     * @param replica empty if it is the primary
     */
    private record Busy(String what, String why, Optional<AwaitedReplica> replica) {}

    private Optional<Busy> busy(Node primary, Collection<AwaitedReplica> compared, Map<AwaitedReplica, String> inVain) {
        if (servers.isEmpty()) {
            return Optional.empty();
        }
        Optional<Busy> busy = threads(primary).map(why -> new Busy("threads", why, Optional.empty()));
        for (AwaitedReplica replica : compared) {
            if (busy.isEmpty() && !inVain.containsKey(replica) && !hopeless.contains(replica)) {
                Optional<AwaitedReplica> some = Optional.of(replica);
                busy = threads(replica.node())
                        .map(why -> new Busy("threads of " + replica, why, some))
                        .or(() -> lag(replica.node()).map(why -> new Busy("lag of " + replica, why, some)));
            }
        }
        return busy;
    }

    private Optional<String> threads(Node node) {
        int running = servers.orElseThrow().threadsRunning(node).orElse(0);
        return throttle.maxThreadsRunning().isPresent()
                        && running > throttle.maxThreadsRunning().getAsInt()
                ? Optional.of(Plural.of(running, "thread") + " run on " + node.name() + ", and max-threads-running is "
                        + throttle.maxThreadsRunning().getAsInt())
                : Optional.empty();
    }

    private Optional<String> lag(Node node) {
        Optional<Duration> lag = servers.orElseThrow().lag(node);
        return throttle.maxLag()
                .filter(most -> lag.isPresent() && lag.get().compareTo(most) > 0)
                .map(most -> node.name() + " lags by " + TableProgress.seconds(lag) + ", and max-lag is "
                        + TableProgress.seconds(Optional.of(most)));
    }

    private void waitABit() throws IncompleteException {
        long begin = System.nanoTime();
        try {
            // With the lock: whoever else wants to go on waits as well, and the time counts once.
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IncompleteException("interrupted");
        }
        long nanos = System.nanoTime() - begin;
        progress.waited(nanos);
        deadline.postpone(Duration.ofNanos(nanos));
    }

    /** One of which it is known that it will not catch up is not waited for; the comparison will say so by itself. */
    private void look(AwaitedReplica replica) {
        if (replica.isHopeless()) {
            hopeless.add(replica);
        }
    }

    private void giveUp(AwaitedReplica replica, String why, Map<AwaitedReplica, String> inVain) {
        inVain.put(replica, why);
        replica.gaveUp();
    }

    @Override
    public void close() {
        lines.shutdownNow();
        servers.ifPresent(LagAndThreads::close);
    }
}
