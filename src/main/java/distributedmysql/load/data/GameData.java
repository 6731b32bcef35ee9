package distributedmysql.load.data;

import distributedmysql.config.DataSettings;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the game, generated: row n of a table is a function of the seed, the scale and n alone, the same on every
 * machine and every Java version. Rows count from 1, and n is the primary key. Immutable and thread-safe.
 */
public final class GameData {
    /** Names in several scripts, one outside the Basic Multilingual Plane, so that a wrong character set shows. */
    private static final List<String> NAMES = List.of(
            "Aldric", "Åsa", "Björn", "Chloé", "Dmitri", "Eña", "Łukasz", "Ζωή", "Иван", "さくら", "王小明", "O'Brien",
            "🐉Drake");

    private static final List<String> EVENTS = List.of("login", "logout", "level up", "quest", "battle", "trade");
    private static final LocalDateTime EPOCH = LocalDateTime.of(2025, 1, 1, 0, 0);
    private static final long YEAR_MICROS = ChronoUnit.DAYS.getDuration().toMillis() * 1000 * 365;
    static final int ITEMS = 500;
    static final long MOST_GOLD = 1_000_000;
    private static final int GOLD = 3;
    private static final long LEAST_PLAYERS = 100;

    private final long seed;
    private final long players;

    public GameData(DataSettings settings) {
        this(settings.seed(), settings.scale());
    }

    /**
     * @param scale 1.0 is 20,000 players, 60,000 inventory rows and 40,000 game logs; never fewer than 100 players
     */
    GameData(long seed, double scale) {
        this.seed = seed;
        this.players = Math.max(LEAST_PLAYERS, Math.round(20_000 * scale));
    }

    public long seed() {
        return seed;
    }

    /** How many players there are; their ids are 1 to this. */
    public long players() {
        return players;
    }

    /**
     * How many rows a table of {@link GameSchema} gets; the greatest primary key, too.
     *
     * @throws IllegalArgumentException if the table is not of the game
     */
    public long rows(Table table) {
        return switch (table.name()) {
            case "players" -> players;
            case "inventory" -> players * 3;
            case "game_logs" -> players * 2;
            default -> throw new IllegalArgumentException("not a table of the game: " + table.name());
        };
    }

    public long totalRows() {
        return GameSchema.TABLES.stream().mapToLong(this::rows).sum();
    }

    /**
     * Row n of a table.
     *
     * @param n from 1 to {@link #rows}
     * @throws IllegalArgumentException if there is no such row
     */
    public Row row(Table table, long n) {
        if (n < 1 || n > rows(table)) {
            throw new IllegalArgumentException("no row " + n + " in " + table.name() + ", which has " + rows(table));
        }
        SeededRandom random = new SeededRandom(seed, GameSchema.TABLES.indexOf(table), n);
        return switch (table.name()) {
            case "players" -> player(n, random);
            case "inventory" -> inventory(n, random);
            default -> gameLog(n, random);
        };
    }

    /**
     * Player n as the load leaves it: with other gold, and nothing else changed.
     *
     * @throws IllegalArgumentException if there is no such player
     */
    Row playerWithGold(long n, long gold) {
        List<Object> content = new ArrayList<>(row(GameSchema.PLAYERS, n).content());
        content.set(GOLD, gold);
        return Row.of(content.toArray());
    }

    private static Row player(long n, SeededRandom random) {
        String name = random.oneOf(NAMES) + " " + n;
        return Row.of(n, name, random.between(1, 100), random.between(0, MOST_GOLD), time(random));
    }

    private Row inventory(long n, SeededRandom random) {
        return Row.of(n, random.between(1, players), random.between(1, ITEMS), random.between(1, 99));
    }

    private Row gameLog(long n, SeededRandom random) {
        String event = random.oneOf(EVENTS);
        String detail = event.startsWith("log") ? null : "{\"score\": " + random.between(0, 100_000) + "}";
        return Row.of(n, random.between(1, players), event, detail, time(random));
    }

    static LocalDateTime time(SeededRandom random) {
        return EPOCH.plus(random.between(0, YEAR_MICROS - 1), ChronoUnit.MICROS);
    }
}
