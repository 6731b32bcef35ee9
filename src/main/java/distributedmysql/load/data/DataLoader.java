package distributedmysql.load.data;

import distributedmysql.config.DataSettings;
import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Wait;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
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

/** Fills the tables of {@link GameSchema} with {@link GameData}, on the primary. */
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

    private final ReplicaSet replicaSet;
    private final DataSettings settings;
    private final Consumer<String> progress;
    private final MarkedDatabase database;
    private final GameData data;

    /**
     * @param progress gets lines for the person who waits; may be called from several threads, never at once
     */
    public DataLoader(ReplicaSet replicaSet, DataSettings settings, Consumer<String> progress) {
        this.replicaSet = replicaSet;
        this.settings = settings;
        this.progress = progress;
        this.database = new MarkedDatabase(replicaSet, settings.database());
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
        insertAll(replicaSet.primary());
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

    private void insertAll(Node primary) {
        Queue<Batch> batches = batches();
        Wait wait = Wait.until(primary + ": loading the data", "until all rows are there");
        LoadProgress lines = new LoadProgress(data, progress, wait::state, System::nanoTime);
        Callable<Void> worker = () -> {
            insert(primary, batches, lines);
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
            throw failure(primary, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException(primary + ": interrupted while loading database " + settings.database());
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

    private void insert(Node primary, Queue<Batch> batches, LoadProgress lines) throws SQLException {
        // Makes one multi-row INSERT of a batch, which saves a round trip per row.
        try (Connection connection = primary.connectForLoad(Map.of("rewriteBatchedStatements", "true"))) {
            connection.setCatalog(settings.database());
            for (Batch batch = batches.poll(); batch != null; batch = batches.poll()) {
                Ending.refuse("loading more rows");
                insert(connection, batch);
                lines.loaded(batch.table(), batch.rows());
            }
        } catch (SQLException | RuntimeException e) {
            // The other workers need not go on.
            batches.clear();
            throw e;
        }
    }

    private void insert(Connection connection, Batch batch) throws SQLException {
        String sql = batch.table().insertStatement(database.quotedName());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (long n = batch.from(); n <= batch.to(); n++) {
                Row row = data.row(batch.table(), n);
                int column = 1;
                for (Object value : row.content()) {
                    statement.setObject(column++, value);
                }
                statement.setString(column, row.md5());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private TopologyException failure(Node primary, Throwable cause) {
        String what = "load database " + settings.database();
        return cause instanceof SQLException e
                ? Mysql.failure(primary, what, e)
                : new TopologyException(primary + ": cannot " + what + ": " + cause.getMessage());
    }

    private Duration awaitReplicas(Duration deadline) {
        long start = System.nanoTime();
        Replication.awaitConvergence(replicaSet, deadline);
        replicaSet.replicas().forEach(this::requireRows);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** That a replica has executed everything does not say that nothing was filtered. */
    private void requireRows(Node replica) {
        Mysql.run(replica, "count the rows of database " + settings.database(), session -> {
            for (Table table : GameSchema.TABLES) {
                String name = database.quotedName() + "." + table.name();
                long rows = session.number("SELECT COUNT(*) FROM " + name);
                if (rows != data.rows(table)) {
                    throw new TopologyException(replica + ": " + name + " has " + Plural.of(rows, "row") + " of the "
                            + data.rows(table) + " that " + replicaSet.primary() + " has acknowledged, although all has"
                            + " been applied that is in the binary log");
                }
            }
        });
    }
}
