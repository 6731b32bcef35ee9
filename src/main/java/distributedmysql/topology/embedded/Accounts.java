package distributedmysql.topology.embedded;

import distributedmysql.topology.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The accounts of one run's servers, with passwords of their own, for clients on the loopback interface.
 *
 * @param admin has all privileges
 * @param load has all privileges on the test database and none elsewhere
 * @param replication may only fetch binary logs
 */
record Accounts(Credentials admin, Credentials load, Credentials replication) {
    // 32 characters: the most that a replication account may have (error 3056).
    private static final int PASSWORD_BYTES = 16;

    static Accounts generate() {
        SecureRandom random = new SecureRandom();
        return new Accounts(
                new Credentials("framework", password(random)),
                new Credentials("load", password(random)),
                new Credentials("replication", password(random)));
    }

    /**
     * Statements for {@code --init-file}, which the server runs before it accepts the first connection: nobody ever
     * meets a root account without a password, and no password is on a command line.
     *
     * <p>Every server makes the accounts for itself, outside its binary log: all have the same accounts, and none has a
     * transaction that the others lack.
     */
    List<String> statements(String database, boolean readOnly) {
        return List.of(
                "SET sql_log_bin = 0;",
                create(admin),
                "GRANT ALL ON *.* TO " + name(admin) + " WITH GRANT OPTION;",
                create(load),
                // In a GRANT, _ and % are wildcards unless escaped.
                "GRANT ALL ON `" + database.replace("_", "\\_") + "`.* TO " + name(load) + ";",
                create(replication),
                "GRANT REPLICATION SLAVE ON *.* TO " + name(replication) + ";",
                "DROP USER root@localhost;",
                "SET GLOBAL super_read_only = " + (readOnly ? "ON" : "OFF") + ";");
    }

    /** Writes a file that only this user can read; the caller deletes it. */
    static void write(Path file, List<String> statements) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, statements);
    }

    private static String create(Credentials account) {
        return "CREATE USER " + name(account) + " IDENTIFIED BY '" + account.password() + "';";
    }

    private static String name(Credentials account) {
        return "'" + account.user() + "'@'127.%'";
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
