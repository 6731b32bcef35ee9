package distributedmysql.experiment.sharding.search;

import java.util.Comparator;

/** A row of the players; its shard is that of its id. */
record Player(long id, String name, long guild) {
    /** As a search orders them; the names have no letters but a to z, whose order is the same everywhere. */
    static final Comparator<Player> ORDER = Comparator.comparing(Player::name).thenComparingLong(Player::id);

    @Override
    public String toString() {
        return "player " + id;
    }

    /** For instance {@code (dorian, guild 7)}. */
    String content() {
        return "(" + name + ", guild " + guild + ")";
    }
}
