package distributedmysql.benchmark;

import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;

/**
 * What the generators send their load to.
 *
 * @param database holds the table
 * @param directory for files of this run, which only this user can read; it is deleted at the end
 */
record Target(ReplicaSet replicaSet, String database, Path directory) {
    Node node() {
        return replicaSet.primary();
    }

    /**
     * Once an account has logged in over TLS, the server lets it in without: sysbench's library does not speak
     * caching_sha2_password's key exchange (MySQL manual, "Caching SHA-2 Pluggable Authentication").
     */
    void letLoadUserIn() {
        try {
            Node.connect(node().address(), node().load()).close();
        } catch (SQLException e) {
            throw new BenchmarkException(node() + ": " + node().load() + " cannot connect", e);
        }
    }

    /** Writes a file that only this user can read: no password is ever on a command line. */
    Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }
}
