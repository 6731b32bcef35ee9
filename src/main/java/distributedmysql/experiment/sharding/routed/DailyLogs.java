package distributedmysql.experiment.sharding.routed;

import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The logs of saves, in the framework's own database: one table for each day, by UTC, made in advance, so that nobody has to make
 * one at midnight, and old days are dropped whole. Thread-safe.
 *
 * @param database quoted
 * @param prefix of the tables' names
 * @param first the day of the first table
 */
record DailyLogs(String database, String prefix, LocalDate first) {
    /** A stage takes a day at most, and so touches two days; one more for what comes before it. */
    static final int DAYS = 3;

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    /** From today on. */
    static DailyLogs of(String database, String prefix) {
        return new DailyLogs(MarkedDatabase.quoted(database), prefix, LocalDate.now(ZoneOffset.UTC));
    }

    /** @param day from 0 on */
    String table(int day) {
        return database + "." + bareName(day);
    }

    private String bareName(int day) {
        return prefix + "_" + NAME.format(first.plusDays(day));
    }

    /** Without their database. */
    List<String> tables() {
        return days().stream().map(this::bareName).toList();
    }

    private List<Integer> days() {
        return IntStream.range(0, DAYS).boxed().toList();
    }

    /** Which of the tables a log of this time goes to. */
    int dayOf(Instant time) {
        return Math.toIntExact(ChronoUnit.DAYS.between(first, LocalDate.ofInstant(time, ZoneOffset.UTC)));
    }

    /** As the statement's parameter. */
    static String text(Instant time) {
        return TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }

    /** Makes all of them anew, empty. */
    void create(Node primary) {
        Mysql.run(primary, "make " + table(0), session -> {
            session.execute("USE " + database);
            for (int day : days()) {
                session.execute("DROP TABLE IF EXISTS " + table(day));
                session.execute("CREATE TABLE " + table(day)
                        + " (log_id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, player_id INT NOT NULL,"
                        + " logged_at DATETIME(6) NOT NULL, KEY player_id (player_id)) ENGINE=InnoDB");
            }
        });
    }

    /** With placeholders for player and time. */
    String insert(int day) {
        return "INSERT INTO " + table(day) + " (player_id, logged_at) VALUES (?, ?)";
    }

    /** All that the node holds. @throws distributedmysql.mysql.TopologyException if it cannot be asked */
    Saves.Logged read(Node node) {
        return Mysql.ask(node, "read " + table(0), session -> {
            session.requireItself(node);
            Map<Integer, Integer> logs = new TreeMap<>();
            long misplaced = 0;
            for (int day : days()) {
                session.stream("SELECT player_id, COUNT(*) FROM " + table(day) + " GROUP BY player_id", rows -> {
                    while (rows.next()) {
                        logs.merge(rows.getInt(1), rows.getInt(2), Integer::sum);
                    }
                    return logs;
                });
                misplaced += session.number(
                        "SELECT COUNT(*) FROM " + table(day) + " WHERE DATE(logged_at) <> ?",
                        first.plusDays(day).toString());
            }
            return new Saves.Logged(logs, misplaced);
        });
    }
}
