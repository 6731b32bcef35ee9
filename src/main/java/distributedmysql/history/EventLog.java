package distributedmysql.history;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happened in a run, in its order, on the run's one clock. Things are added and never changed. Thread-safe: every subscriber
 * is told of each event once, in the order of the log, on the thread that adds it; so it must be quick.
 */
public final class EventLog {
    private final RunClock clock = new RunClock();
    private final List<Event> events = new ArrayList<>();
    private final List<Consumer<Event>> subscribers = new ArrayList<>();

    /** The clock of the events; it began with the log. */
    public RunClock clock() {
        return clock;
    }

    /** It happens now. */
    public synchronized void add(Event.Kind kind, String about, String text) {
        long micros = clock.micros();
        Event event = new Event(
                micros / 1_000,
                clock.startedAt().plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.MILLIS),
                kind,
                about,
                text.strip().replaceAll("\\s*\\R\\s*", " "));
        events.add(event);
        subscribers.forEach(subscriber -> subscriber.accept(event));
    }

    /** From the next event on. */
    public synchronized void subscribe(Consumer<Event> subscriber) {
        subscribers.add(subscriber);
    }

    /** All so far. */
    public synchronized List<Event> soFar() {
        return List.copyOf(events);
    }
}
