package distributedmysql.experiment.sharding.routed;

import distributedmysql.config.Plural;
import distributedmysql.gatling.SqlCheck;
import distributedmysql.load.SqlCheckException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;

/** The ledger of one stage: how many saves of each player were sent and acknowledged, and what each server holds in the end. Thread-safe. */
final class Saves {
    /** Rows that a save changes: the player's, and a log. */
    private static final int CHANGED = 2;

    /** The session variable that has the player. */
    static final String PLAYER = "savedPlayer";
    /** The session variable that has what is saved. */
    static final String STATE = "savedState";
    /** The session variable that says which day's log it is for. */
    static final String DAY = "savedDay";
    /** The session variable that has the time of the log. */
    static final String TIME = "savedAt";

    /**
     * What one server holds in the end.
     *
     * @param shard the server's, from 0 on
     * @param saves by player
     * @param logs empty where saves are not logged
     */
    record Contents(int shard, String node, Map<Integer, Integer> saves, Optional<Logged> logs) {}

    /**
     * The logs that a server holds.
     *
     * @param saves that are logged, by player
     * @param misplaced how many are not in the table of their day
     */
    record Logged(Map<Integer, Integer> saves, long misplaced) {}

    private final AtomicIntegerArray sent;
    private final AtomicIntegerArray acknowledged;
    private final List<Contents> contents = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    /** @param players numbered from 1 on */
    Saves(int players) {
        this.sent = new AtomicIntegerArray(players + 1);
        this.acknowledged = new AtomicIntegerArray(players + 1);
    }

    int players() {
        return sent.length() - 1;
    }

    int sent(int player) {
        return sent.get(player);
    }

    int acknowledged(int player) {
        return acknowledged.get(player);
    }

    void send(int player) {
        sent.incrementAndGet(player);
    }

    void acknowledge(int player) {
        acknowledged.incrementAndGet(player);
    }

    /** Players by lot, for whom nothing is noted. */
    Iterator<Map<String, Object>> toLoad() {
        return new Endless(() -> Map.of(PLAYER, (long) anyPlayer()));
    }

    /** Players by lot, each of whom is about to be saved, with what a log of it has. */
    Iterator<Map<String, Object>> toSave(DailyLogs logs) {
        return new Endless(() -> nextSave(logs));
    }

    private int anyPlayer() {
        return ThreadLocalRandom.current().nextInt(1, players() + 1);
    }

    private Map<String, Object> nextSave(DailyLogs logs) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int player = anyPlayer();
        send(player);
        Instant now = Instant.now();
        return Map.of(
                PLAYER,
                (long) player,
                DAY,
                logs.dayOf(now),
                TIME,
                DailyLogs.text(now),
                STATE,
                "{\"level\": " + random.nextInt(1, 100) + ", \"position\": [" + random.nextInt(1_000) + ", "
                        + random.nextInt(1_000) + ", 0]}");
    }

    /** Thread-safe, as an iterator of a stream is not. */
    private record Endless(Supplier<Map<String, Object>> records) implements Iterator<Map<String, Object>> {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Map<String, Object> next() {
            return records.get();
        }
    }

    /** Notes that a player's save was acknowledged; one that changed no row was none. */
    SqlCheck acknowledge() {
        return (result, session) -> {
            if (result.updateCount() != CHANGED) {
                throw new SqlCheckException("a save has changed " + Plural.of(result.updateCount(), "row"));
            }
            acknowledge((int) session.getLong(PLAYER));
            return session;
        };
    }

    synchronized void holds(Contents node) {
        contents.add(node);
    }

    synchronized void unread(String problem) {
        unread.add(problem);
    }

    synchronized List<Contents> contents() {
        return List.copyOf(contents);
    }

    synchronized List<String> unread() {
        return List.copyOf(unread);
    }
}
