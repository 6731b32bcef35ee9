package distributedmysql.experiment.sharding.search;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of players and guilds, generated: the same for the same seed. Ids count from 1. Immutable and thread-safe. */
final class GuildData {
    private static final List<String> SYLLABLES = List.of(
            "al", "bor", "cin", "dra", "el", "fen", "gar", "hil", "is", "jor", "kel", "lun", "mar", "nor", "os", "pel",
            "qui", "ras", "sil", "tor");

    private final List<Player> players;
    private final List<Guild> guilds;

    GuildData(long seed, int players, int guilds) {
        Random random = new Random(seed);
        this.guilds = IntStream.rangeClosed(1, guilds)
                .mapToObj(id -> new Guild(id, "guild of " + name(random)))
                .toList();
        this.players = IntStream.rangeClosed(1, players)
                .mapToObj(id -> new Player(id, name(random), 1 + random.nextInt(guilds)))
                .toList();
    }

    /** Three syllables. */
    private static String name(Random random) {
        return part(random) + SYLLABLES.get(random.nextInt(SYLLABLES.size()));
    }

    /** Two syllables, which about one name in 200 has. */
    static String part(Random random) {
        return SYLLABLES.get(random.nextInt(SYLLABLES.size())) + SYLLABLES.get(random.nextInt(SYLLABLES.size()));
    }

    List<Player> players() {
        return players;
    }

    List<Guild> guilds() {
        return guilds;
    }

    Optional<Player> player(long id) {
        return of(players, id);
    }

    Optional<Guild> guild(long id) {
        return of(guilds, id);
    }

    private static <T> Optional<T> of(List<T> rows, long id) {
        return id < 1 || id > rows.size() ? Optional.empty() : Optional.of(rows.get((int) id - 1));
    }

    /** All whose name has this part, in the order of a search. */
    List<Player> matching(String part) {
        return players.stream()
                .filter(player -> player.name().contains(part))
                .sorted(Player.ORDER)
                .collect(Collectors.toUnmodifiableList());
    }
}
