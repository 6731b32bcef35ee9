package distributedmysql.history;

import distributedmysql.config.Plural;
import distributedmysql.time.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Saves operations as they end. Thread-safe; memory is bounded: when the disk cannot keep up, {@link #record} waits.
 *
 * <p>If the file cannot be written (the disk is full), recording stops, the run goes on, and {@link #failure()} says
 * why. The file then has no end record, so that no checker takes it for the whole history.
 */
public final class HistoryRecorder implements AutoCloseable {
    private static final int CAPACITY = 16 * HistoryFormat.BLOCK;
    private static final long POLL_MILLIS = 50;
    private static final long FLUSH_MILLIS = 1_000;
    private static final Duration CLOSE_DEADLINE = Duration.ofMinutes(2);

    private final Path file;
    private final OutputStream out;
    private final HistoryWriter writer;
    private final Consumer<String> onFailure;
    private final BlockingQueue<Operation> queue = new ArrayBlockingQueue<>(CAPACITY);
    // Many record, one closes: nothing may be queued once the writer thread has been told to end.
    private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();
    private final Thread thread;
    private volatile boolean closed;
    private volatile String failure;

    private HistoryRecorder(Path file, OutputStream out, Header header, Consumer<String> onFailure) {
        this.file = file;
        this.out = out;
        this.onFailure = onFailure;
        try {
            this.writer = new HistoryWriter(out, header);
        } catch (IOException e) {
            throw new HistoryException(file + ": cannot be written: " + e);
        }
        this.thread = new Thread(this::drain, "history recorder");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins a history in a new file; makes its directory.
     *
     * @param onFailure told once, on the recorder's own thread, if recording has to stop
     * @throws HistoryException if the file exists or cannot be made
     */
    public static HistoryRecorder open(Path file, Header header, Consumer<String> onFailure) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return open(file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), header, onFailure);
        } catch (IOException e) {
            throw new HistoryException(file + ": cannot be made: " + e);
        }
    }

    static HistoryRecorder open(Path file, OutputStream out, Header header, Consumer<String> onFailure) {
        return new HistoryRecorder(file, out, header, onFailure);
    }

    /**
     * Saves an operation that has ended. Keeps the order: what one thread records, or what is recorded before another
     * operation begins, stays before it. Waits while too many are waiting to be written, also when interrupted (the
     * interrupt stays set). Does nothing after {@link #close()} or a {@link #failure()}.
     */
    public void record(Operation operation) {
        lifecycle.readLock().lock();
        try {
            if (!closed && failure == null) {
                putUninterruptibly(operation);
            }
        } finally {
            lifecycle.readLock().unlock();
        }
    }

    /** Where it is saved. */
    public Path file() {
        return file;
    }

    /** Why recording stopped before {@link #close()}, if it did: one line that names the file. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Writes what is waiting, ends the file and returns when that is done, at the latest after two minutes, and when
     * interrupted: what could not be written until then is a {@link #failure()}. Does nothing the second time.
     */
    @Override
    public void close() {
        Deadline deadline = Deadline.after(CLOSE_DEADLINE);
        try {
            if (lifecycle.writeLock().tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                closed = true;
                lifecycle.writeLock().unlock();
                deadline.join(thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            fail("not written to its end: still waiting for the disk: " + Plural.of(queue.size(), "operation"));
        }
    }

    private void putUninterruptibly(Operation operation) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(operation);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        try {
            write();
        } catch (Throwable e) {
            // Also an Error: whoever waits for room in the queue must not wait for ever.
            fail("recording stopped: " + e);
            closeQuietly();
            discard();
        }
    }

    private void write() throws IOException, InterruptedException {
        List<Operation> batch = new ArrayList<>(HistoryFormat.BLOCK);
        long flushed = System.nanoTime();
        while (true) {
            // Read before the queue: nothing is queued after it has become true.
            boolean last = closed;
            Operation first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (first == null && last) {
                writer.end();
                return;
            }
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, HistoryFormat.BLOCK - 1);
                for (Operation operation : batch) {
                    writer.write(operation);
                }
                batch.clear();
            }
            if (System.nanoTime() - flushed > TimeUnit.MILLISECONDS.toNanos(FLUSH_MILLIS)) {
                writer.flush();
                flushed = System.nanoTime();
            }
        }
    }

    private void discard() {
        while (!closed) {
            try {
                queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; if somebody does, the others must still not wait for ever.
            }
        }
    }

    private void closeQuietly() {
        try {
            out.close();
        } catch (IOException e) {
            // The failure that matters is the one before this one.
        }
    }

    private synchronized void fail(String reason) {
        if (failure == null) {
            failure = file + ": " + reason + "; the history is incomplete";
            onFailure.accept(failure);
        }
    }
}
