package distributedmysql.backup;

import distributedmysql.backup.store.BackupWriter;
import distributedmysql.mysql.Capability;
import distributedmysql.mysql.ClientOptionFile;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.PipedProgram;
import distributedmysql.topology.Program;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By {@code mysqldump} of the servers' distribution (https://dev.mysql.com/doc/refman/8.0/en/mysqldump.html): statements that make
 * all databases again, with routines, triggers and events, as of one moment. It goes through pipes; no file is written. When it begins,
 * it holds back all writes for a moment ({@code FLUSH TABLES WITH READ LOCK}), longer if a long statement runs.
 */
public final class DumpBackup implements BackupStrategy {
    /** Of the settings and manifests. */
    public static final String NAME = "dump";

    private static final String OBJECT = "dump.sql";

    private final SpareServers spares;
    private final Duration limit;

    /** @param limit for the dump, and for its restore */
    public DumpBackup(SpareServers spares, Duration limit) {
        this.spares = spares;
        this.limit = limit;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> impossible(Node source) {
        return spares.impossible().or(() -> olderPrograms(source.version()));
    }

    /** A dump of a later version has statements that an earlier one does not know. */
    private Optional<String> olderPrograms(ServerVersion source) {
        ServerVersion here = spares.version();
        return here.isAtLeast(source.major(), source.minor())
                ? Optional.empty()
                : Optional.of("it is MySQL " + source + ", and the programs here are MySQL " + here
                        + "; name a distribution of its version with embedded.basedir");
    }

    @Override
    public Taken take(Node source, BackupWriter to) throws IOException {
        Program mysqldump = spares.program("mysqldump");
        long start = System.nanoTime();
        List<Header> header = new ArrayList<>();
        try (ClientOptionFile login = ClientOptionFile.write(source, spares.newPath("login"));
                PipedProgram dump =
                        PipedProgram.start(mysqldump.with(arguments(login)), mysqldump.environment(), limit)) {
            dump.input().close();
            to.object(OBJECT, out -> header.add(copy(source, dump, out)));
        }
        return new Taken(header.get(0).gtids, header.get(0).by, List.of(StepTime.since("dump and store", start)));
    }

    private List<String> arguments(ClientOptionFile login) {
        return List.of(
                login.argument(),
                "--single-transaction",
                "--all-databases",
                "--routines",
                "--triggers",
                "--events",
                "--hex-blob",
                "--max-allowed-packet=1G",
                "--set-gtid-purged=ON",
                // Before 8.0.32, only with this does its set of GTIDs belong to the same moment as its rows.
                Capability.REPLICA_VARIABLES.in(spares.version()) ? "--source-data=2" : "--master-data=2");
    }

    private record Header(GtidSet gtids, Instant by) {}

    private static Header copy(Node source, PipedProgram dump, OutputStream out) throws IOException {
        InputStream in = dump.output();
        byte[] first = in.readNBytes(DumpText.HEADER_BYTES);
        // The moment of the dump is before its first line.
        Instant by = Mysql.ask(source, "tell its time", SourceClock::now);
        out.write(first);
        DumpText.End end = new DumpText.End(first);
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            end.add(buffer, read);
        }
        dump.requireSuccess();
        if (!end.isComplete()) {
            throw new BackupException("mysqldump of " + source + ": what it wrote has no end" + dump.said());
        }
        return new Header(DumpText.gtids(new String(first, StandardCharsets.UTF_8)), by);
    }

    /** Statements that are read once. */
    interface Source {
        InputStream open() throws IOException;
    }

    @Override
    public Node restore(StoredBackup full, List<StoredBackup> incrementals, SpareServer spare) throws IOException {
        return restore(() -> full.open(OBJECT), Optional.empty(), spare);
    }

    /**
     * The same of a dump that is in no store.
     *
     * @param database which it expects to be there
     */
    Node restore(Source dump, Optional<String> database, SpareServer spare) throws IOException {
        Program mysql = spares.program("mysql");
        Node node = spare.startEmpty(limit);
        // The accounts of the dump replace all others; what a session may do stays as it was.
        try (Mysql admin = Mysql.open(node)) {
            List<String> arguments = new ArrayList<>(List.of("--max-allowed-packet=1G"));
            if (database.isPresent()) {
                admin.execute("CREATE DATABASE `" + database.get().replace("`", "``") + "`");
                arguments.add("--database=" + database.get());
            }
            load(dump, node, mysql, arguments);
            Accounts.renewSpare(admin, node.admin());
        } catch (SQLException e) {
            throw Mysql.failure(node, "have its account again after the dump was loaded", e);
        }
        return node;
    }

    private void load(Source from, Node node, Program mysql, List<String> arguments) throws IOException {
        try (ClientOptionFile login = ClientOptionFile.write(node, spares.newPath("login"));
                PipedProgram loading = PipedProgram.start(
                        mysql.with(Stream.concat(Stream.of(login.argument()), arguments.stream())
                                .toList()),
                        mysql.environment(),
                        limit)) {
            try (InputStream in = from.open();
                    OutputStream out = loading.input()) {
                transfer(in, out, loading);
            }
            loading.requireSuccess();
        }
    }

    /** A pipe breaks when its program ends, and only that knows why. */
    private static void transfer(InputStream in, OutputStream out, PipedProgram loading) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            try {
                out.write(buffer, 0, read);
            } catch (IOException broken) {
                loading.requireSuccess();
                throw broken;
            }
        }
    }
}
