package distributedmysql.experiment.sharding.resharding;

import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** One for each shard that loses rows, each on a thread of its own. When one of them fails, the others end before their next step. */
final class Movers implements AutoCloseable {
    private final Change change;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "resharding");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Integer, Mover> movers = new ConcurrentSkipListMap<>();
    private volatile boolean failed;
    /** The present one, or the last. */
    private volatile Wait waiting;

    /** A mover at work. */
    record Moving(int source, Mover mover, Movers all) {
        /** @throws TopologyException if another one has failed */
        void goOn() {
            if (all.failed) {
                throw new TopologyException("another shard's part of the resharding has failed");
            }
        }
    }

    Movers(Change change) {
        this.change = change;
    }

    /** Of each source at the same time. */
    void each(String what, Consumer<Moving> work) {
        ofAll(what, change.before().shards(), work);
    }

    /** Of the first shards at the same time, be they sources or not. */
    void ofAll(String what, int shards, Consumer<Moving> work) {
        List<Integer> each = IntStream.range(0, shards).boxed().toList();
        inParallel(what, each, shard -> work.accept(new Moving(shard, mover(shard), this)));
    }

    private Mover mover(int shard) {
        return movers.computeIfAbsent(shard, source -> new Mover(change, source));
    }

    /** Throws what the first one threw that failed, when all have ended. */
    void inParallel(String what, List<Integer> shards, IntConsumer work) {
        List<Callable<Object>> tasks = new ArrayList<>();
        shards.forEach(shard -> tasks.add(() -> {
            try {
                work.accept(shard);
                return null;
            } catch (RuntimeException | Error e) {
                failed = true;
                throw e;
            }
        }));
        try (Wait wait = Wait.until("resharding: to " + what, "until all shards have done so")) {
            waiting = wait;
            for (Future<Object> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while resharding: " + what);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** How far it is, for whoever watches. */
    void state(String progress) {
        waiting.state(progress);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        movers.values().forEach(Mover::close);
    }
}
