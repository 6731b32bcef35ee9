package distributedmysql.topology;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * The accounts of one run's servers, with passwords of their own.
 *
 * @param host where their clients may come from, as an account name has it, for instance {@code 127.%}
 * @param admin has all privileges
 * @param load has all privileges on the test database and none elsewhere
 * @param replication may only fetch binary logs
 */
public record Accounts(String host, Credentials admin, Credentials load, Credentials replication) {
    // 32 characters: the most that a replication account may have (error 3056).
    private static final int PASSWORD_BYTES = 16;
    private static final String SPARE_HOST = "127.%";

    public static Accounts generate(String host) {
        SecureRandom random = new SecureRandom();
        return new Accounts(
                host,
                new Credentials("framework", password(random)),
                new Credentials("load", password(random)),
                new Credentials("replication", password(random)));
    }

    /**
     * Statements that make the accounts, for a server's first start, before it accepts connections: no password is on a
     * command line.
     *
     * <p>Every server makes the accounts for itself, outside its binary log: all have the same accounts, and none has a
     * transaction that the others lack.
     *
     * @param database the one that the load may write to
     */
    public List<String> statements(String database) {
        return List.of(
                "SET sql_log_bin = 0;",
                create(admin),
                "GRANT ALL ON *.* TO " + name(admin) + " WITH GRANT OPTION;",
                create(load),
                // In a GRANT, _ and % are wildcards unless escaped.
                "GRANT ALL ON `" + database.replace("_", "\\_") + "`.* TO " + name(load) + ";",
                create(replication),
                "GRANT REPLICATION SLAVE ON *.* TO " + name(replication) + ";");
    }

    /**
     * Statements that make the account of a server beside the deployment, whatever accounts its data brings along; as {@link
     * #statements}.
     */
    public static List<String> spare(Credentials account) {
        String name = "'" + account.user() + "'@'" + SPARE_HOST + "'";
        return List.of(
                "SET sql_log_bin = 0;",
                "SET GLOBAL super_read_only = OFF;",
                "DROP USER IF EXISTS " + name + ";",
                "CREATE USER " + name + " IDENTIFIED BY '" + account.password().text() + "';",
                "GRANT ALL ON *.* TO " + name + " WITH GRANT OPTION;");
    }

    /** The same once more, because data that came meanwhile has replaced all accounts. */
    public static void renewSpare(Mysql session, Credentials account) throws SQLException {
        dropSpare(session, account);
        session.execute("CREATE USER ?@? IDENTIFIED BY ?", account.user(), SPARE_HOST, account.password());
        session.execute("GRANT ALL ON *.* TO ?@? WITH GRANT OPTION", account.user(), SPARE_HOST);
    }

    /** Takes the account of {@link #spare} away; a session that is open stays. */
    public static void dropSpare(Mysql session, Credentials account) throws SQLException {
        session.execute("DROP USER IF EXISTS ?@?", account.user(), SPARE_HOST);
    }

    /** An account for {@link #spare}, with a password of its own. */
    public static Credentials newSpare() {
        return new Credentials("spare", password(new SecureRandom()));
    }

    /** For a member of a group: one that joins may copy all data of another one, if its binary logs reach back too little. */
    public String grantCopy() {
        return "GRANT BACKUP_ADMIN ON *.* TO " + name(replication) + ";";
    }

    /** Writes a file that only this user can read; the caller deletes it. */
    public static void write(Path file, List<String> statements) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, statements);
    }

    private String create(Credentials account) {
        return "CREATE USER " + name(account) + " IDENTIFIED BY '"
                + account.password().text() + "';";
    }

    private String name(Credentials account) {
        return "'" + account.user() + "'@'" + host + "'";
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
