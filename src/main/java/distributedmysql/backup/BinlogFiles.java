package distributedmysql.backup;

import distributedmysql.backup.binlog.BinlogContents;
import distributedmysql.config.Plural;
import distributedmysql.mysql.ClientOptionFile;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.PipedProgram;
import distributedmysql.topology.Program;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.embedded.FileTrees;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary logs of a server: which of them are closed and hold something new, and how to read one. Those of a server of ours on
 * this machine are read as files, others by {@code mysqlbinlog --read-from-remote-server}.
 *
 * @param limit for fetching one file
 */
public record BinlogFiles(SpareServers spares, Duration limit) {
    /**
     * One that the server does not write to any more.
     *
     * @param bytes as the server says
     * @param previous what had been executed before it
     * @param next what had been executed after it
     */
    record ClosedFile(String name, long bytes, GtidSet previous, GtidSet next) {
        /** In its backup. */
        String objectName() {
            return name.replaceAll("[^A-Za-z0-9._-]", "_");
        }

        GtidSet gtids() {
            return next.minus(previous);
        }

        void requireWhole(Node server, BinlogContents read) {
            if (read.bytes() != bytes) {
                throw new BackupException(server + ": " + name + " has " + Plural.of(bytes, "byte") + ", and "
                        + read.bytes() + " have arrived");
            }
            if (!read.previous().equals(previous)
                    || !read.previous().and(read.gtids()).contains(next)) {
                throw new BackupException(server + ": " + name + " has the transactions " + read.gtids()
                        + ", and by the binary logs around" + " it " + gtids());
            }
        }
    }

    /**
     * @param files with something new, in their order
     * @param gone what the server has executed, is not stored, and is in none of its binary logs any more
     */
    record Closed(List<ClosedFile> files, GtidSet gone) {}

    private record Log(String name, long bytes) {}

    /**
     * Closes the present file, if it has something new.
     *
     * @param stored what need not be there
     */
    Closed closed(Node server, GtidSet stored) {
        return Mysql.ask(server, "list its binary logs", session -> {
            if (stored.contains(GtidSet.executed(session))) {
                return new Closed(List.of(), GtidSet.EMPTY);
            }
            session.execute("FLUSH BINARY LOGS");
            List<Log> logs = session.rows("SHOW BINARY LOGS", row -> new Log(row.getString(1), row.getLong(2)));
            List<ClosedFile> files = new ArrayList<>();
            GtidSet next = previous(session, logs.get(logs.size() - 1));
            for (int i = logs.size() - 2; i >= 0 && !stored.contains(next); i--) {
                GtidSet previous = previous(session, logs.get(i));
                ClosedFile file = new ClosedFile(logs.get(i).name(), logs.get(i).bytes(), previous, next);
                if (!stored.contains(file.gtids())) {
                    files.add(0, file);
                }
                next = previous;
            }
            return new Closed(List.copyOf(files), next.minus(stored));
        });
    }

    private static GtidSet previous(Mysql session, Log log) throws SQLException {
        // The second event of each file, after that which says how to read the others.
        return GtidSet.parse(session
                .rows(
                        "SHOW BINLOG EVENTS IN ? LIMIT 3",
                        row -> row.getString("Event_type").equals("Previous_gtids") ? row.getString("Info") : "",
                        log.name())
                .stream()
                .reduce("", String::concat));
    }

    /** The caller closes it. */
    InputStream open(Node server, ClosedFile file) throws IOException {
        if (server.isOurs() && !server.isInContainer()) {
            Path log = Path.of(Mysql.text(server, "SELECT @@GLOBAL.log_bin_basename"))
                    .resolveSibling(file.name());
            return Files.newInputStream(log);
        }
        return fetched(server, file);
    }

    private InputStream fetched(Node server, ClosedFile file) throws IOException {
        Program mysqlbinlog = spares.program("mysqlbinlog");
        Path directory = Files.createDirectories(spares.newPath("binlog"));
        try (ClientOptionFile login = ClientOptionFile.write(server, spares.newPath("login"));
                PipedProgram fetch = PipedProgram.start(
                        mysqlbinlog.with(List.of(
                                login.argument(),
                                "--read-from-remote-server",
                                "--raw",
                                "--result-file=" + directory + "/",
                                file.name())),
                        mysqlbinlog.environment(),
                        limit)) {
            fetch.requireSuccess();
        } catch (IOException | RuntimeException e) {
            FileTrees.delete(directory);
            throw e;
        }
        return new FilterInputStream(Files.newInputStream(directory.resolve(file.name()))) {
            @Override
            public void close() throws IOException {
                super.close();
                FileTrees.delete(directory);
            }
        };
    }
}
