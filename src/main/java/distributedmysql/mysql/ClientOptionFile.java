package distributedmysql.mysql;

import distributedmysql.config.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * How a program of MySQL's logs in to a server, in a file that only this user can read and that is removed when it is closed: a
 * command line would show the password to every user of the machine.
 */
public final class ClientOptionFile implements AutoCloseable {
    private final Path file;

    private ClientOptionFile(Path file) {
        this.file = file;
    }

    /**
     * As the node's admin.
     *
     * @param file is made; best where it is removed even if the JVM is killed
     * @throws TopologyException if the settings ask that the server's certificate is verified, which these programs do only by
     *     files that the framework does not have
     * @throws IOException if the file cannot be written
     */
    public static ClientOptionFile write(Node node, Path file) throws IOException {
        if (node.tls().mode().verifies()) {
            throw new TopologyException(node + ": connection.ssl-mode = " + node.tls()
                    + ": programs of MySQL's own are not started, because they could not verify the server's"
                    + " certificate");
        }
        HostPort address = node.address();
        List<String> lines = List.of(
                "[client]",
                "user=" + quoted(node.admin().user()),
                "password=" + quoted(node.admin().password().text()),
                "host=" + quoted(address.host()),
                "port=" + address.port(),
                "protocol=tcp",
                "ssl-mode=" + node.tls().mode());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, lines);
        return new ClientOptionFile(file);
    }

    public Path path() {
        return file;
    }

    /** The first argument of the program: its own option files are not read. */
    public String argument() {
        return "--defaults-file=" + file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    /** As the manual's "Using Option Files" says. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
