package distributedmysql.backup.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Command;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OwnServers(replicas = 0)
@DisplayName("What a file of a binary log says is what the server and mysqlbinlog say of it")
class BinlogReaderIT {
    private static final Pattern GTID = Pattern.compile("SET @@SESSION.GTID_NEXT= '([^']+)'");
    private static final Pattern COMMITTED = Pattern.compile("^# original_commit_timestamp=(\\d+)", Pattern.MULTILINE);

    private static Node server;
    private static Program mysqlbinlog;
    private static List<Path> files;

    private record Read(BinlogContents contents, List<BinlogTransaction> transactions) {}

    /** A file for each kind of transactions. */
    @BeforeAll
    static void write(Deployment deployment) throws Exception {
        server = deployment.replicaSet().primary();
        mysqlbinlog = deployment.spares().program("mysqlbinlog");
        try (Mysql session = Mysql.open(server)) {
            run(session, "CREATE DATABASE b", "CREATE TABLE b.t (id INT PRIMARY KEY AUTO_INCREMENT, v LONGBLOB)");
            run(session, "FLUSH BINARY LOGS");
            mixed(session);
            run(session, "FLUSH BINARY LOGS", "SET SESSION binlog_transaction_compression = ON");
            mixed(session);
            run(session, "SET SESSION binlog_transaction_compression = OFF", "SET GLOBAL binlog_checksum = NONE");
            mixed(session);
            run(
                    session,
                    "FLUSH BINARY LOGS",
                    "SET GLOBAL binlog_checksum = CRC32",
                    "SET SESSION binlog_format = STATEMENT");
            mixed(session);
            run(session, "FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
            Path base = Path.of(session.text("SELECT @@GLOBAL.log_bin_basename"));
            files = session.texts("SHOW BINARY LOGS").stream()
                    .map(base::resolveSibling)
                    .toList();
        }
    }

    private static void run(Mysql session, String... statements) throws Exception {
        for (String sql : statements) {
            session.execute(sql);
        }
    }

    private static void mixed(Mysql session) throws Exception {
        for (int i = 0; i < 50; i++) {
            run(session, "INSERT INTO b.t (v) VALUES (REPEAT('x', " + i + "))");
        }
        run(
                session,
                "BEGIN",
                "INSERT INTO b.t (v) VALUES ('one'), ('two')",
                "UPDATE b.t SET v = 'three' LIMIT 7",
                "COMMIT");
        run(session, "INSERT INTO b.t (v) SELECT REPEAT(UUID(), 100000) FROM b.t LIMIT 1");
        run(session, "ALTER TABLE b.t ADD COLUMN w INT, ALGORITHM = INSTANT", "ALTER TABLE b.t DROP COLUMN w");
        run(
                session,
                "XA START 'x'",
                "INSERT INTO b.t (v) VALUES ('xa')",
                "XA END 'x'",
                "XA PREPARE 'x'",
                "XA COMMIT 'x'");
        String next = "SET GTID_NEXT = '" + session.text("SELECT UUID()") + ":1'";
        run(
                session,
                next,
                "BEGIN",
                "COMMIT",
                "SET GTID_NEXT = AUTOMATIC",
                "CREATE USER u@localhost",
                "DROP USER u@localhost");
    }

    private static Read read(byte[] bytes) throws IOException {
        List<BinlogTransaction> transactions = new ArrayList<>();
        BinlogContents contents = BinlogReader.read("a file", new ByteArrayInputStream(bytes), transactions::add);
        return new Read(contents, transactions);
    }

    @Test
    void asTheServerSays() throws Exception {
        GtidSet before = GtidSet.EMPTY;
        for (Path file : files.subList(0, files.size() - 1)) {
            byte[] bytes = Files.readAllBytes(file);
            Read read = read(bytes);

            assertThat(read.contents.previous()).as(file.toString()).isEqualTo(before);
            assertThat(read.transactions).as(file.toString()).isEqualTo(shown(file, read.transactions));
            assertThat(read.contents.transactions()).isEqualTo(read.transactions.size());
            assertThat(read.contents.bytes()).isEqualTo(bytes.length);
            assertThat(read.contents.serverVersion())
                    .startsWith(server.version().toString());
            assertThat(read.contents.closed().orElseThrow())
                    .isBetween(Instant.now().minusSeconds(300), Instant.now());
            before = before.and(read.contents.gtids());
        }
        assertThat(before).isEqualTo(GtidSet.parse(GtidSets.executed(server)));
        assertThat(read(Files.readAllBytes(files.get(files.size() - 1)))
                        .contents
                        .closed())
                .isEmpty();
    }

    /** Begin, end and GTID as the server says; the time of commit as mysqlbinlog says. */
    private static List<BinlogTransaction> shown(Path file, List<BinlogTransaction> read) throws Exception {
        record Event(long begin, String type, long end, String info) {}
        List<Event> events;
        try (Mysql session = Mysql.open(server)) {
            events = session.rows(
                    "SHOW BINLOG EVENTS IN ?",
                    row -> new Event(
                            row.getLong("Pos"),
                            row.getString("Event_type"),
                            row.getLong("End_log_pos"),
                            row.getString("Info")),
                    file.getFileName().toString());
        }
        Command.Result said = Command.run(
                mysqlbinlog.with(List.of("--no-defaults", file.toString())),
                mysqlbinlog.environment(),
                Duration.ofSeconds(60));
        Matcher committed = COMMITTED.matcher(said.output());
        List<BinlogTransaction> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Matcher gtid = GTID.matcher(events.get(i).info());
            if (events.get(i).type().equals("Gtid") && gtid.find() && committed.find()) {
                int last = i;
                while (last + 1 < events.size()
                        && !List.of("Gtid", "Rotate", "Stop")
                                .contains(events.get(last + 1).type())) {
                    last++;
                }
                all.add(new BinlogTransaction(
                        Gtid.parse(gtid.group(1)),
                        events.get(i).begin(),
                        ends(events.get(last).end(), all, read),
                        Long.parseLong(committed.group(1))));
            }
        }
        return all;
    }

    /** The events within a compressed transaction are shown with ends of their own; the next transaction begins at its end. */
    private static long ends(long shown, List<BinlogTransaction> before, List<BinlogTransaction> read) {
        int next = before.size() + 1;
        return next < read.size() ? read.get(next).begin() : shown;
    }

    @Test
    void checksummedOrNot() throws Exception {
        List<Boolean> checksummed = new ArrayList<>();
        for (Path file : files) {
            checksummed.add(read(Files.readAllBytes(file)).contents.checksummed());
        }
        assertThat(checksummed).contains(true, false);
    }

    @Test
    @DisplayName("Cut anywhere, a file is damaged, or ends between two transactions and holds only those before")
    void cut() throws Exception {
        Random random = new Random(1);
        for (Path file : files.subList(0, files.size() - 2)) {
            byte[] bytes = Files.readAllBytes(file);
            Read whole = read(bytes);
            for (BinlogTransaction transaction : whole.transactions) {
                Read before = read(Arrays.copyOf(bytes, (int) transaction.end()));
                assertThat(before.transactions)
                        .isEqualTo(whole.transactions.subList(0, whole.transactions.indexOf(transaction) + 1));
                assertThat(before.contents.closed()).isEmpty();
                int within = (int)
                        (transaction.begin() + 1 + random.nextInt((int) (transaction.end() - transaction.begin()) - 1));
                assertThatThrownBy(() -> read(Arrays.copyOf(bytes, within))).isInstanceOf(DamagedBinlogException.class);
            }
        }
    }

    @Test
    @DisplayName("One bit that flips anywhere in a file with checksums is noticed")
    void flipped() throws Exception {
        Random random = new Random(2);
        byte[] bytes = Files.readAllBytes(files.get(1));
        assertThat(read(bytes).contents.checksummed()).isTrue();
        for (int i = 0; i < 2_000; i++) {
            // The first events too, in which each bit has a meaning of its own.
            int bit = i < 1_600 ? i : random.nextInt(8 * bytes.length);
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            if (bit == 8 * (4 + EventHeader.FLAGS)) {
                // Says that a server writes to it, which no checksum covers, and changes nothing.
                assertThat(read(changed).transactions).isEqualTo(read(bytes).transactions);
            } else {
                assertThatThrownBy(() -> read(changed)).as("bit " + bit).isInstanceOf(DamagedBinlogException.class);
            }
        }
    }

    @Test
    void nothingAndSomethingElse() {
        assertThatThrownBy(() -> read(new byte[0])).hasMessage("a file: is empty");
        assertThatThrownBy(() -> read("something else".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("does not begin as a binary log does");
    }

    @Test
    void theCopyIsWhatWasRead() throws Exception {
        byte[] bytes = Files.readAllBytes(files.get(1));
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        BinlogReader.read("a file", new ByteArrayInputStream(bytes), copy, each -> {});
        assertThat(copy.toByteArray()).isEqualTo(bytes);
    }
}
