package distributedmysql.fault;

import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.DebugLog;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Injects faults by a schedule, on a thread of its own, and heals them. Whatever happens, {@link #close()} heals what is
 * still there, the last injected first; call it from the JVM's shutdown too. Thread-safe.
 */
public final class Nemesis implements AutoCloseable {
    /** How long one injection or one healing may take; longer than every deadline of a fault's own. */
    private static final Duration DEADLINE = Duration.ofSeconds(120);

    /**
     * @param at after {@link Nemesis#start()}
     * @param duration from the injection's end to the healing's begin; a schedule's end does not shorten it
     */
    public record Planned(Duration at, Fault fault, Duration duration) {
        public Planned {
            if (at.isNegative() || duration.isNegative()) {
                throw new IllegalArgumentException(fault.name() + ": at " + at + " for " + duration);
            }
        }
    }

    private final EventLog events;
    private final List<Entry> schedule;
    private final List<Entry> present = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "nemesis");
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread worker = new Thread(work, "nemesis worker");
        worker.setDaemon(true);
        return worker;
    });
    private boolean closed;

    /** @param events are told of each injection and healing; the times of the records are on their clock */
    public Nemesis(EventLog events, List<Planned> schedule) {
        this.events = events;
        this.schedule = schedule.stream()
                .sorted(Comparator.comparing(Planned::at))
                .map(Entry::new)
                .toList();
        thread.setDaemon(true);
    }

    /**
     * Offsets count from now.
     *
     * @throws IllegalThreadStateException if called a second time
     */
    public void start() {
        thread.start();
    }

    /** One for each planned fault, in the order of the schedule, as far as things have gone. */
    public List<FaultRecord> records() {
        return schedule.stream().map(entry -> entry.record).toList();
    }

    /**
     * Waits until every fault of the schedule has been healed, or could not be.
     *
     * @return whether it came to that within the deadline
     */
    public boolean awaitEnd(Duration deadline) throws InterruptedException {
        return Deadline.after(deadline).join(thread);
    }

    /** Ends the schedule and heals what is there. A second caller returns when the first is done. */
    @Override
    public void close() {
        closing.countDown();
        joinSchedule();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            for (int i = present.size() - 1; i >= 0; i--) {
                heal(present.get(i));
            }
            present.clear();
            schedule.stream()
                    .filter(entry -> entry.record.injectedMicros() == null && entry.record.error() == null)
                    .forEach(entry -> failed(entry, "not injected: the run ended before"));
            workers.shutdownNow();
        }
    }

    private void joinSchedule() {
        Wait wait = Wait.atMost("the end of the fault that is being injected or healed", DEADLINE);
        try (wait) {
            // The step in progress ends within its own deadline.
            thread.join(DEADLINE.toMillis() + 1_000);
        } catch (InterruptedException e) {
            // The faults must be healed all the same.
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long start = System.nanoTime();
        List<Entry> waiting = new ArrayList<>(schedule);
        List<Entry> due = new ArrayList<>();
        while (!(waiting.isEmpty() && due.isEmpty())) {
            Entry heal = due.stream()
                    .min(Comparator.comparingLong(entry -> entry.healNanos))
                    .orElse(null);
            Entry inject = waiting.isEmpty() ? null : waiting.get(0);
            boolean healFirst =
                    heal != null && (inject == null || heal.healNanos <= start + inject.planned.at.toNanos());
            if (!awaitTime(healFirst ? heal.healNanos : start + inject.planned.at.toNanos())) {
                return;
            }
            if (healFirst) {
                due.remove(heal);
                healNow(heal);
            } else {
                waiting.remove(inject);
                if (injectNow(inject)) {
                    due.add(inject);
                }
            }
        }
    }

    /** @return false when it is to end instead */
    private boolean awaitTime(long nanoTime) {
        try {
            return !closing.await(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** @return whether there is something to be healed later */
    private synchronized boolean injectNow(Entry entry) {
        if (closed || Ending.hasBegun()) {
            return false;
        }
        Fault fault = entry.planned.fault;
        Result possible = within(() -> fault.impossible().orElse(""));
        if (possible.error != null || !possible.text.isEmpty()) {
            String reason = possible.error == null ? "not possible: " + possible.text : possible.error;
            failed(entry, "not injected: " + reason);
            return false;
        }
        present.add(entry);
        Result done = within(fault::inject);
        entry.healNanos = System.nanoTime() + entry.planned.duration.toNanos();
        if (done.error == null) {
            entry.record = entry.record.injected(events.clock().micros(), done.text);
            say(entry, "injected" + (done.text.isEmpty() ? "" : ": " + done.text));
        } else {
            failed(entry, "not injected: " + done.error);
        }
        return true;
    }

    private synchronized void healNow(Entry entry) {
        if (present.remove(entry)) {
            heal(entry);
        }
    }

    private void heal(Entry entry) {
        Result done = within(() -> {
            entry.planned.fault.heal();
            return "";
        });
        if (done.error == null) {
            entry.record = entry.record.healed(events.clock().micros());
            say(entry, "healed");
        } else {
            failed(entry, "not healed: " + done.error);
        }
    }

    private void failed(Entry entry, String why) {
        entry.record = entry.record.failed(why);
        say(entry, why);
    }

    private void say(Entry entry, String what) {
        DebugLog.FAULTS.say(() -> entry.record.node() + ": " + entry.record.name() + ": " + what);
        events.add(Event.Kind.FAULT, entry.record.node(), entry.record.name() + ": " + what);
    }

    /** @param error what went wrong; null if nothing did */
    private record Result(String text, String error) {}

    private Result within(Callable<String> step) {
        Future<String> done = workers.submit(step);
        Deadline end = Deadline.after(DEADLINE);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return new Result(done.get(end.left().toNanos(), TimeUnit.NANOSECONDS), null);
                } catch (InterruptedException e) {
                    // Whoever wants to end this must still not leave a fault behind.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            String message = e.getCause().getMessage();
            return new Result("", message == null ? e.getCause().toString() : message);
        } catch (TimeoutException e) {
            done.cancel(true);
            return new Result("", "not done after " + DEADLINE.toSeconds() + " s");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Entry {
        private final Planned planned;
        private volatile FaultRecord record;
        private long healNanos;

        Entry(Planned planned) {
            this.planned = planned;
            this.record =
                    new FaultRecord(planned.fault.name(), planned.fault.node().name(), null, null, "", null);
        }
    }
}
