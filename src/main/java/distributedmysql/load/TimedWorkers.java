package distributedmysql.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Threads that run blocking work, each piece at its time or, if all are busy, as soon as one is free, the earliest first.
 * A thread that is free takes the next piece before its time and sleeps until then, so that at its time one thread is
 * woken, by a timer, and no other has to hand it over. The thread that was busy last is used first; one that has had
 * nothing to do for 10 s ends. Thread-safe.
 */
final class TimedWorkers {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String TIMER_SLACK_NANOS = "20000";

    private record Timed(long at, Runnable work) {}

    private final String name;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // Differences, because System.nanoTime() may overflow.
    private final PriorityQueue<Timed> waiting = new PriorityQueue<>(Comparator.comparingLong(this::untilDue));
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> workers = new HashSet<>();
    private final long epoch = System.nanoTime();
    private int number;
    /** Workers that sleep until the time of a piece that they have taken. */
    private int sleeping;
    /** The time of the latest piece that anyone has taken. */
    private long latest = epoch;

    private volatile boolean shutdown;

    /** @param most threads at once */
    TimedWorkers(String name, int most) {
        this.name = name;
        this.most = most;
    }

    private long untilDue(Timed timed) {
        return timed.at - epoch;
    }

    /**
     * @param at of {@link System#nanoTime()}; in the past means now
     * @throws RejectedExecutionException after {@link #shutdown()}
     */
    @SuppressWarnings("ReferenceEquality") // Of two equal pieces, the very one.
    void execute(long at, Runnable work) {
        Worker woken = null;
        lock.lock();
        try {
            if (shutdown) {
                throw new RejectedExecutionException(name + ": the pool is closed");
            }
            Timed timed = new Timed(at, work);
            waiting.add(timed);
            // Behind others it is the business of whoever takes the piece before it.
            if (waiting.peek() == timed) {
                woken = another();
            }
        } finally {
            lock.unlock();
        }
        wake(woken);
    }

    /** Whether whoever sleeps may sleep longer than until then. */
    private boolean isBeforeAnother(Timed first) {
        return first.at - latest < 0;
    }

    /** A worker to be woken; null if none is needed or all are busy. To be called with the lock held. */
    private Worker another() {
        Worker worker = idle.poll();
        if (worker != null) {
            worker.isIdle = false;
        } else if (workers.size() < most) {
            worker = new Worker(name + "-" + ++number);
            workers.add(worker);
        }
        return worker;
    }

    private static void wake(Worker worker) {
        if (worker != null) {
            worker.startOrUnpark();
        }
    }

    boolean isShutdown() {
        return shutdown;
    }

    /** Drops what has not begun, and interrupts what has. */
    void shutdown() {
        lock.lock();
        try {
            shutdown = true;
            waiting.clear();
            workers.forEach(worker -> worker.thread.interrupt());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all threads have ended after {@link #shutdown()}, but no longer than that. */
    void awaitEnd(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!workers.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private final class Worker implements Runnable {
        final Thread thread;
        private boolean started;
        /** Whether it is among the idle. */
        private boolean isIdle;

        Worker(String threadName) {
            thread = new Thread(this, threadName);
            thread.setDaemon(true);
        }

        void startOrUnpark() {
            if (started) {
                LockSupport.unpark(thread);
            } else {
                started = true;
                thread.start();
            }
        }

        @Override
        public void run() {
            wakeOnTime();
            try {
                for (Timed next = take(); next != null; next = take()) {
                    sleepUntil(next.at);
                    wake(successor());
                    if (!shutdown) {
                        next.work.run();
                    }
                }
            } finally {
                end();
            }
        }

        /** Its next piece; null if it is to end. */
        private Timed take() {
            long since = System.nanoTime();
            lock.lock();
            try {
                while (!shutdown) {
                    Timed next = waiting.poll();
                    if (next != null) {
                        leaveIdle();
                        sleeping++;
                        latest = isBeforeAnother(next) ? latest : next.at;
                        return next;
                    }
                    long left = since + IDLE_NANOS - System.nanoTime();
                    if (left <= 0) {
                        return null;
                    }
                    park(left);
                }
                return null;
            } finally {
                lock.unlock();
            }
        }

        private void park(long nanos) {
            if (!isIdle) {
                isIdle = true;
                idle.push(this);
            }
            lock.unlock();
            LockSupport.parkNanos(TimedWorkers.this, nanos);
            lock.lock();
        }

        private void leaveIdle() {
            if (isIdle) {
                isIdle = false;
                idle.remove(this);
            }
        }

        private void sleepUntil(long at) {
            for (long left = at - System.nanoTime(); left > 0 && !shutdown; left = at - System.nanoTime()) {
                LockSupport.parkNanos(TimedWorkers.this, left);
            }
        }

        /** Someone must take the next piece before its time, if nobody else is there to do so. */
        private Worker successor() {
            lock.lock();
            try {
                sleeping--;
                Timed next = waiting.peek();
                return next != null && (sleeping == 0 || isBeforeAnother(next)) ? another() : null;
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                leaveIdle();
                workers.remove(this);
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /**
         * Linux lets timers of a thread be late by 50 µs, so that they can be joined (proc(5), {@code timerslack_ns}). Much
         * less than 20 µs costs processor time under many requests (measured). The file is there under the thread's own
         * number only, not under {@code thread-self}; elsewhere than in Linux there is none.
         */
        private void wakeOnTime() {
            try {
                Path number =
                        Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
                Files.writeString(Path.of("/proc/" + number + "/timerslack_ns"), TIMER_SLACK_NANOS);
            } catch (IOException e) {
                // The thread is woken some 50 µs late: measured, as everything is, from the intended time.
            }
        }
    }
}
