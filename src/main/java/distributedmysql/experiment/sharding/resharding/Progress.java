package distributedmysql.experiment.sharding.resharding;

import distributedmysql.history.RunClock;
import distributedmysql.topology.TimeLeft;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a round's coordinators have done, and when; times of the run's clock. Thread-safe. */
final class Progress implements Watch {
    private final RunClock clock;
    private final long rows;
    private final Map<Phase, Long> began = new EnumMap<>(Phase.class);
    private final Map<Phase, Long> firstBegan = new EnumMap<>(Phase.class);
    private long read;
    private long moved;
    private Long raised;
    private Long fenced;
    private Long decided;
    private Phase present = Phase.CAPTURE;
    private Kill killed = Kill.NONE;
    private Optional<Phase> killedIn = Optional.empty();
    private int failures;
    private String lastFailure = "";

    /** @param rows that there are to be read, about */
    Progress(RunClock clock, long rows) {
        this.clock = clock;
        this.rows = rows;
    }

    /** Of a phase that was begun more than once, the last time: what was before had failed. */
    @Override
    public synchronized void began(Phase phase) {
        long now = clock.micros();
        began.put(phase, now);
        firstBegan.putIfAbsent(phase, now);
        present = phase;
    }

    @Override
    public synchronized void copied(int source, int someRead, int someMoved) {
        read += someRead;
        moved += someMoved;
    }

    @Override
    public synchronized String progress() {
        Duration passed =
                Duration.ofNanos(1_000 * (clock.micros() - firstBegan.getOrDefault(Phase.COPY, clock.micros())));
        double share = Math.min(1, (double) read / rows);
        return String.format(
                Locale.ROOT,
                "read %,d of %,d (%.0f %%), %,d moved, %,.0f rows/s; %s",
                Math.min(read, rows),
                rows,
                100 * share,
                moved,
                moved * 1e3 / Math.max(1, passed.toMillis()),
                TimeLeft.estimated(passed, share));
    }

    /** Of several times, the first. */
    @Override
    public synchronized void raised(int source) {
        raised = raised == null ? Long.valueOf(clock.micros()) : raised;
    }

    /** Of several times, the first: all such writes were refused from then on. */
    @Override
    public synchronized void fenced() {
        fenced = fenced == null ? Long.valueOf(clock.micros()) : fenced;
    }

    @Override
    public synchronized void decided() {
        decided = decided == null ? Long.valueOf(clock.micros()) : decided;
    }

    /** Somebody is killed now. */
    synchronized void killed(Kill who) {
        killed = who;
        killedIn = Optional.of(present);
    }

    /** Who was. */
    synchronized Kill killed() {
        return killed;
    }

    /** In which phase the kill was sent; empty if there was none. */
    synchronized Optional<Phase> killedIn() {
        return killedIn;
    }

    /** A coordinator has not come to its end. */
    synchronized void failed(String why) {
        failures++;
        lastFailure = why;
    }

    /** How many coordinators have not come to their end. */
    synchronized int failures() {
        return failures;
    }

    /** Why the last of them has not; empty if all have. */
    synchronized String lastFailure() {
        return lastFailure;
    }

    /** Empty if it has not begun. */
    synchronized OptionalLong beganMicros(Phase phase) {
        Long micros = began.get(phase);
        return micros == null ? OptionalLong.empty() : OptionalLong.of(micros);
    }

    /** What was lost when a coordinator was replaced is in it. Empty if the switch has not begun. */
    synchronized OptionalLong microsFromCopyToSwitch() {
        Long copy = firstBegan.get(Phase.COPY);
        Long toSwitch = firstBegan.get(Phase.SWITCH);
        return copy == null || toSwitch == null ? OptionalLong.empty() : OptionalLong.of(toSwitch - copy);
    }

    /** How long it took; 0 if it has not ended. */
    synchronized double millis(Phase phase) {
        Long begin = began.get(phase);
        Long end = began.get(phase.next());
        return begin == null || end == null || end < begin ? 0 : (end - begin) / 1e3;
    }

    /** When the first source refused writes by the old map; empty if none has. */
    synchronized OptionalLong raisedMicros() {
        return raised == null ? OptionalLong.empty() : OptionalLong.of(raised);
    }

    /** When all sources did; empty if they have not. */
    synchronized OptionalLong fencedMicros() {
        return fenced == null ? OptionalLong.empty() : OptionalLong.of(fenced);
    }

    synchronized OptionalLong decidedMicros() {
        return decided == null ? OptionalLong.empty() : OptionalLong.of(decided);
    }

    /** Rows that were copied, those again that were copied twice. */
    synchronized long moved() {
        return moved;
    }
}
