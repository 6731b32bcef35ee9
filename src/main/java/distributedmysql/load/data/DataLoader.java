package distributedmysql.load.data;

import distributedmysql.config.DataSettings;
import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import distributedmysql.topology.Wait;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Fills the tables of {@link GameSchema} with {@link GameData}: each row on the primary of its player's shard. */
public final class DataLoader {
    /** On 2 cores that servers and client share, 2 and 4 load half as many rows per second again as 1; 8 load fewer. */
    private static final int CONNECTIONS = 4;

    /**
     * What was loaded.
     *
     * @param loading until the primary had acknowledged the last row
     * @param replicating from then until every replica had applied it
     */
    public record Loaded(long rows, Duration loading, Duration replicating) {
        public double rowsPerSecond() {
            return rows * 1e9 / Math.max(1, loading.toNanos());
        }
    }

    /** Rows {@code from} to {@code to} of a table, both included: one multi-row insert. */
    private record Batch(Table table, long from, long to) {
        long rows() {
            return to - from + 1;
        }
    }

    private final Shards shards;
    private final DataSettings settings;
    private final Consumer<String> progress;
    private final ShardedDatabase database;
    private final Map<Table, long[]> rowsOfShards = new HashMap<>();
    private final GameData data;

    /**
     * @param progress gets lines for the person who waits; may be called from several threads, never at once
     */
    public DataLoader(Shards shards, DataSettings settings, Consumer<String> progress) {
        this.shards = shards;
        this.settings = settings;
        this.progress = progress;
        this.database = new ShardedDatabase(shards, settings.database());
        this.data = new GameData(settings);
    }

    /**
     * Makes the database, if need be, and its tables anew, loads every row, and returns when every replica has them.
     * Called again, it leaves the same rows.
     *
     * @throws TopologyException if the database is not ours, the primary fails, or a replica does not catch up within
     *     one minute and three times the time that loading took, or then has another number of rows
     */
    public Loaded load() {
        database.prepare();
        Ending.refuse("loading the data");
        database.recreate(GameSchema.TABLES);
        long start = System.nanoTime();
        insertAll();
        Duration loading = Duration.ofNanos(System.nanoTime() - start);
        Duration replicating = awaitReplicas(loading.multipliedBy(3).plusMinutes(1));
        Loaded loaded = new Loaded(data.totalRows(), loading, replicating);
        progress.accept(String.format(
                Locale.ROOT,
                "data: %,d %s in %.1f s (%,.0f rows/s), on every replica %.1f s later",
                loaded.rows(),
                Plural.noun(loaded.rows(), "row"),
                loading.toMillis() / 1e3,
                loaded.rowsPerSecond(),
                replicating.toMillis() / 1e3));
        return loaded;
    }

    private void insertAll() {
        Queue<Batch> batches = batches();
        Wait wait = Wait.until("loading the data", "until all rows are there");
        LoadProgress lines = new LoadProgress(data, progress, wait::state, System::nanoTime);
        Callable<Void> worker = () -> {
            insert(batches, lines);
            return null;
        };
        ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS);
        try (wait) {
            var workers = IntStream.range(0, CONNECTIONS).mapToObj(i -> worker).toList();
            for (Future<Void> ended : executor.invokeAll(workers)) {
                ended.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopologyException told) {
                throw told;
            }
            throw new TopologyException("cannot load database " + settings.database() + ": "
                    + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("interrupted while loading database " + settings.database());
        } finally {
            executor.shutdownNow();
        }
    }

    private Queue<Batch> batches() {
        Queue<Batch> batches = new ConcurrentLinkedQueue<>();
        for (Table table : GameSchema.TABLES) {
            long rows = data.rows(table);
            for (long from = 1; from <= rows; from += settings.batchSize()) {
                batches.add(new Batch(table, from, Math.min(rows, from + settings.batchSize() - 1)));
            }
        }
        return batches;
    }

    private void insert(Queue<Batch> batches, LoadProgress lines) {
        try (RowWriter writer = new RowWriter(shards, settings.database())) {
            for (Batch batch = batches.poll(); batch != null; batch = batches.poll()) {
                Ending.refuse("loading more rows");
                Table table = batch.table();
                long[] written = writer.write(
                        table, LongStream.rangeClosed(batch.from(), batch.to()).mapToObj(n -> data.row(table, n)));
                count(table, written);
                lines.loaded(table, batch.rows());
            }
        } catch (RuntimeException e) {
            // The other workers need not go on.
            batches.clear();
            throw e;
        }
    }

    private synchronized void count(Table table, long[] written) {
        long[] sum = rowsOfShards.computeIfAbsent(table, first -> new long[written.length]);
        for (int shard = 0; shard < written.length; shard++) {
            sum[shard] += written[shard];
        }
    }

    private Duration awaitReplicas(Duration deadline) {
        long start = System.nanoTime();
        shards.all().forEach(set -> Replication.awaitConvergence(set, deadline));
        for (int shard = 0; shard < shards.all().size(); shard++) {
            for (Node replica : shards.all().get(shard).replicas()) {
                requireRows(replica, shard);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** That a replica has executed everything does not say that nothing was filtered. */
    private void requireRows(Node replica, int shard) {
        Mysql.run(replica, "count the rows of database " + settings.database(), session -> {
            for (Table table : GameSchema.TABLES) {
                String name = MarkedDatabase.quoted(settings.database()) + "." + table.name();
                long rows = session.number("SELECT COUNT(*) FROM " + name);
                long wanted = rowsOfShards.get(table)[shard];
                if (rows != wanted) {
                    throw new TopologyException(replica + ": " + name + " has " + Plural.of(rows, "row") + " of the "
                            + wanted + " that " + shards.all().get(shard).primary()
                            + " has acknowledged, although all has been applied that is in the binary log");
                }
            }
        });
    }
}
