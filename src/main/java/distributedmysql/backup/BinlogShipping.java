package distributedmysql.backup;

import distributedmysql.backup.binlog.BinlogContents;
import distributedmysql.backup.binlog.BinlogReader;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupWriter;
import distributedmysql.backup.store.Kind;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ships binary logs into the store while servers work: what has been committed since the last time is closed
 * ({@code FLUSH BINARY LOGS}) and stored as a segment, which is an incremental backup. A segment is there only once it has arrived
 * whole: as long as the server says, with each event's checksum right and each transaction complete. Which transactions are
 * stored already is known by their GTIDs, so after a failover it goes on with the new primary's binary logs. Thread-safe.
 */
public final class BinlogShipping implements AutoCloseable {
    /** Of manifests: how segments are made. */
    public static final String NAME = "binlog";

    private static final Duration END_DEADLINE = Duration.ofMinutes(2);

    /** Is told what becomes of it, on the thread that ships. */
    public interface Listener {
        /** A segment is in the store. */
        void shipped(Manifest segment);

        /** It could not be done this time, and is tried again the next time. */
        void failed(String reason);
    }

    private final Supplier<Node> source;
    private final int shard;
    private final BackupStore store;
    private final BinlogFiles files;
    private final Listener listener;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = Executors.defaultThreadFactory().newThread(work);
        thread.setName("ships binary logs");
        thread.setDaemon(true);
        return thread;
    });

    private String parent;
    private GtidSet stored;

    private BinlogShipping(
            Supplier<Node> source,
            int shard,
            BackupStore store,
            BinlogFiles files,
            Listener listener,
            String parent,
            GtidSet stored) {
        this.source = source;
        this.shard = shard;
        this.store = store;
        this.files = files;
        this.listener = listener;
        this.parent = parent;
        this.stored = stored;
    }

    /**
     * Ships nothing yet. The first segment follows the newest full backup of the shard, or what is built on it.
     *
     * @param source the present primary, or another server with binary logs
     * @throws BackupException if there is no full backup
     * @throws IOException if the store cannot be read
     */
    public static BinlogShipping of(
            Supplier<Node> source, int shard, BackupStore store, BinlogFiles files, Listener listener)
            throws IOException {
        Listing listing = store.list();
        Manifest full = listing.usable().stream()
                .filter(backup -> backup.kind() == Kind.FULL && backup.origin().shard() == shard)
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new BackupException("no binary log is shipped before there is a full backup"));
        List<Manifest> chain = listing.builtOn(full).all();
        GtidSet.Builder stored = new GtidSet.Builder().add(GtidSet.parse(full.gtids()));
        listing.usable().stream()
                .filter(backup ->
                        backup.kind() == Kind.INCREMENTAL && backup.origin().shard() == shard)
                .forEach(backup -> stored.add(GtidSet.parse(backup.gtids())));
        String last = chain.get(chain.size() - 1).id();
        return new BinlogShipping(source, shard, store, files, listener, last, stored.build());
    }

    /** Ships again and again, with this long between. What fails is told to the listener. */
    public void every(Duration interval) {
        long nanos = interval.toNanos();
        clock.scheduleWithFixedDelay(this::shipOrTell, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void shipOrTell() {
        try {
            ship();
        } catch (IOException | RuntimeException e) {
            // Whatever it is: the next time is to come.
            listener.failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** The next segment follows this full backup. */
    public synchronized void follow(Manifest full) {
        parent = full.id();
    }

    /**
     * Closes the binary log and ships all that is closed and not stored yet; on the caller's thread.
     *
     * @return the new segments
     * @throws IOException if a segment cannot be stored, or is not whole
     * @throws BackupException if binary logs are gone that were not shipped yet; those that are there are shipped before
     */
    public synchronized List<Manifest> ship() throws IOException {
        Node server = source.get();
        List<Manifest> shipped = new ArrayList<>();
        BinlogFiles.Closed closed = files.closed(server, stored);
        for (BinlogFiles.ClosedFile file : closed.files()) {
            shipped.add(ship(server, file));
        }
        if (!closed.gone().isEmpty()) {
            GtidSet gone = closed.gone();
            // Once is enough: they do not come back.
            stored = stored.and(gone);
            throw new BackupException(server + ": has no binary log any more with the transactions " + gone
                    + ", which were not shipped; nothing between them can be recovered, so take a full backup");
        }
        return shipped;
    }

    private Manifest ship(Node server, BinlogFiles.ClosedFile file) throws IOException {
        List<BinlogContents> read = new ArrayList<>();
        try (BackupWriter writer =
                        store.begin(NewBackup.origin(Kind.INCREMENTAL, NAME, server, shard, Optional.of(parent)));
                InputStream in = files.open(server, file)) {
            writer.object(file.objectName(), out -> read.add(BinlogReader.read(file.name(), in, out, each -> {})));
            BinlogContents contents = read.get(0);
            file.requireWhole(server, contents);
            Manifest segment = writer.finish(
                    contents.lastCommit().orElseThrow(), contents.gtids().toString());
            parent = segment.id();
            stored = stored.and(contents.gtids());
            listener.shipped(segment);
            return segment;
        }
    }

    /** Returns when nothing is being shipped any more. What was committed since the last time is not shipped. */
    @Override
    public void close() {
        clock.shutdown();
        Wait wait = Wait.atMost("the end of shipping binary logs", END_DEADLINE);
        try (wait) {
            if (!clock.awaitTermination(END_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                clock.shutdownNow();
            }
        } catch (InterruptedException e) {
            clock.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
