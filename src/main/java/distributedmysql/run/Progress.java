package distributedmysql.run;

import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TimeLeft;
import distributedmysql.topology.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the console says while a run prepares and runs. Thread-safe. */
final class Progress {
    /** No wait is silent for longer. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private static final Pattern WARNING = Pattern.compile("(?:(\\w+): )?(?i:warning): ([^:,]+).*", Pattern.DOTALL);

    private final EventLog events = new EventLog();
    private final Clock clock;
    private List<Step> steps = List.of();
    private int begun;
    private volatile Thread summarising;
    private Wait current;

    Progress() {
        this(Clock.systemDefaultZone());
    }

    /** @param clock tells when the run will end */
    Progress(Clock clock) {
        this.clock = clock;
        events.subscribe(event -> {
            // Of the others the end of the run speaks.
            if (Thread.currentThread() != summarising
                    && (event.kind() == Event.Kind.STEP || event.kind() == Event.Kind.WARNING)) {
                print(event.text());
            }
        });
    }

    /** Steps and warnings that are added to it are said, each as a line. */
    EventLog events() {
        return events;
    }

    /** A line. A warning, such as {@code external: warning: …} or {@code warning: select 50/s: …}, becomes an event too. */
    void say(String line) {
        Matcher warning = WARNING.matcher(line);
        if (warning.matches()) {
            String where = warning.group(1);
            events.add(Event.Kind.WARNING, where == null ? warning.group(2) : where, line);
        } else {
            print(line);
        }
    }

    /** Of these lines of the console's summary, which says them, those that warn become events. */
    synchronized void summarise(List<String> lines) {
        summarising = Thread.currentThread();
        lines.stream().filter(line -> WARNING.matcher(line).matches()).forEach(this::say);
        summarising = null;
    }

    private void print(String line) {
        System.out.printf(Locale.ROOT, "[%4d s] %s%n", events.clock().micros() / 1_000_000, line);
    }

    /** All steps, in their order. Says when the last one will have ended. */
    synchronized void plan(List<Step> all) {
        steps = List.copyOf(all);
        begun = 0;
        say("the run takes about " + TimeLeft.text(left(0)) + ", and ends at about " + end(left(0)));
    }

    /** The step of this name begins; it may be late or early, so the end is computed again. */
    synchronized void begins(String name) {
        for (int i = begun; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                begun = i + 1;
                Duration expected = steps.get(i).expected();
                events.add(
                        Event.Kind.STEP,
                        name,
                        name + ": takes about " + TimeLeft.text(expected) + "; the run ends at about " + end(left(i))
                                + ", in " + TimeLeft.text(left(i)));
                replace(Wait.about(name, expected));
                return;
            }
        }
        events.add(Event.Kind.STEP, name, name);
        beginsQuietly(name);
    }

    /** Each is an event from now on. */
    void notePromotions(ReplicaSet servers) {
        servers.onPromotion((former, primary) ->
                events.add(Event.Kind.PROMOTION, primary.name(), primary + " is the primary, instead of " + former));
    }

    /** Something that is mostly short begins: it is spoken of only if it takes long. */
    synchronized void beginsQuietly(String name) {
        replace(Wait.until(name, "until it is done"));
    }

    /** What began last has ended. */
    synchronized void ends() {
        replace(null);
    }

    private void replace(Wait next) {
        if (current != null) {
            current.close();
        }
        current = next;
    }

    private Duration left(int from) {
        return steps.subList(from, steps.size()).stream().map(Step::expected).reduce(Duration.ZERO, Duration::plus);
    }

    /** The time of the clock on the wall, with its day if that is another one. */
    private String end(Duration left) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        ZonedDateTime end = now.plus(left);
        return end.toLocalDate().equals(now.toLocalDate()) ? TIME.format(end) : DAY.format(end);
    }
}
