package distributedmysql.experiment.sharding.transfers;

import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables of one way on every shard, in the framework's own database: accounts, and the halves of transfers. Thread-safe; sessions
 * are the caller's.
 *
 * @param database without quotes
 */
record TransferTables(String database, Way way) {
    private static final String ACCOUNTS = "transfer_accounts_";
    private static final String HALVES = "transfer_halves_";
    private static final int BATCH = 1_000;

    /** Without their database. */
    static List<String> of(Way way) {
        return List.of(ACCOUNTS + way.label(), HALVES + way.label());
    }

    String accounts() {
        return MarkedDatabase.quoted(database) + "." + ACCOUNTS + way.label();
    }

    String halves() {
        return MarkedDatabase.quoted(database) + "." + HALVES + way.label();
    }

    /** Drops the tables if they are there, and makes them, with these accounts of the primary's shard. */
    void create(Node primary, List<Account> accounts, long balance) {
        Mysql.run(primary, "make " + accounts() + " and " + halves(), session -> {
            session.use(database);
            session.execute("DROP TABLE IF EXISTS " + accounts() + ", " + halves());
            session.execute("CREATE TABLE " + accounts()
                    + " (account_id BIGINT NOT NULL PRIMARY KEY, balance BIGINT NOT NULL) ENGINE=InnoDB");
            session.execute("CREATE TABLE " + halves() + " (transfer_number INT NOT NULL PRIMARY KEY,"
                    + " account_id BIGINT NOT NULL, amount BIGINT NOT NULL) ENGINE=InnoDB");
            for (int from = 0; from < accounts.size(); from += BATCH) {
                session.execute("INSERT INTO " + accounts() + " (account_id, balance) VALUES "
                        + accounts.subList(from, Math.min(accounts.size(), from + BATCH)).stream()
                                .map(account -> "(" + account.id() + ", " + balance + ")")
                                .collect(Collectors.joining(", ")));
            }
        });
    }

    /** Within the transaction that the session is in. */
    void add(Mysql session, Half half) throws SQLException {
        session.execute(
                "UPDATE " + accounts() + " SET balance = balance + ? WHERE account_id = ?",
                half.amount(),
                half.account());
        session.execute(
                "INSERT INTO " + halves() + " (transfer_number, account_id, amount) VALUES (?, ?, ?)",
                half.number(),
                half.account(),
                half.amount());
    }

    /** Of all accounts there. */
    long sum(Node primary) {
        return Mysql.ask(
                primary,
                "add up " + accounts(),
                session -> session.number("SELECT COALESCE(SUM(balance), 0) FROM " + accounts()));
    }

    ShardContents read(Node node, int shard, boolean primary) {
        return Mysql.ask(node, "read " + accounts() + " and " + halves(), session -> {
            session.requireItself(node);
            Map<Long, Long> balances = new HashMap<>();
            session.rows(
                    "SELECT account_id, balance FROM " + accounts(),
                    row -> balances.put(row.getLong(1), row.getLong(2)));
            List<Half> halves = session.rows(
                    "SELECT transfer_number, account_id, amount FROM " + halves(),
                    row -> new Half(row.getInt(1), row.getLong(2), row.getLong(3)));
            return new ShardContents(
                    shard, node.name(), primary, balances, halves, Prepared.transfers(session, database));
        });
    }
}
