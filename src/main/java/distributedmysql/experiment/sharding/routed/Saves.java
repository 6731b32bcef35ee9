package distributedmysql.experiment.sharding.routed;

import distributedmysql.config.Plural;
import distributedmysql.gatling.SqlCheck;
import distributedmysql.load.SqlCheckException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The ledger of one stage: how many saves of each player were sent and acknowledged, and what each server holds in the end. Thread-safe. */
final class Saves {
    /** The session variable that has the player. */
    static final String PLAYER = "savedPlayer";
    /** The session variable that has what is saved. */
    static final String STATE = "savedState";

    /**
     * What one server holds in the end.
     *
     * @param shard the server's, from 0 on
     * @param saves by player
     */
    record Contents(int shard, String node, Map<Integer, Integer> saves) {}

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
        return new Endless(false);
    }

    /** Players by lot, each of whom is about to be saved. */
    Iterator<Map<String, Object>> toSave() {
        return new Endless(true);
    }

    private final class Endless implements Iterator<Map<String, Object>> {
        private final boolean saves;

        Endless(boolean saves) {
            this.saves = saves;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Map<String, Object> next() {
            SplittableRandom random =
                    new SplittableRandom(ThreadLocalRandom.current().nextLong());
            int player = random.nextInt(1, players() + 1);
            if (saves) {
                send(player);
            }
            return Map.of(
                    PLAYER,
                    (long) player,
                    STATE,
                    "{\"level\": " + random.nextInt(1, 100) + ", \"position\": [" + random.nextInt(1_000) + ", "
                            + random.nextInt(1_000) + ", 0]}");
        }
    }

    /** Notes that a player's save was acknowledged; one that changed no row was none. */
    SqlCheck acknowledge() {
        return (result, session) -> {
            if (result.updateCount() != 1) {
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
