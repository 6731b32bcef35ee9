package distributedmysql.benchmark;

import distributedmysql.mysql.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Percona's pt-table-checksum, as a program. */
final class PtTableChecksum {
    private static final String PROGRAM = "pt-table-checksum";
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    private final Target target;
    private final String version;

    private PtTableChecksum(Target target, String version) {
        this.target = target;
        this.version = version;
    }

    /** Empty if it is not installed. */
    static Optional<PtTableChecksum> find(Target target) {
        return Programs.firstLine(PROGRAM, "--version").map(version -> new PtTableChecksum(target, version));
    }

    String version() {
        return version;
    }

    /**
     * Compares a table of the target's database on all replicas.
     *
     * @return the seconds that the program took
     * @throws BenchmarkException if it does not say that it has compared all rows and found them equal
     */
    double compare(String table, long rows) throws IOException, InterruptedException {
        String primary = dsn(target.node());
        findable(target.replicaSet().replicas());
        ProcessBuilder builder = new ProcessBuilder(
                PROGRAM,
                "--databases=" + target.database(),
                "--tables=" + table,
                "--replicate=" + target.database() + ".pt_checksums",
                "--recursion-method=dsn=" + primary + ",D=" + target.database() + ",t=pt_replicas",
                // It sets STATEMENT for its own session; the replicas' own binary logs are nobody's source.
                "--no-check-binlog-format",
                primary);
        long start = System.nanoTime();
        try (GeneratorProcess process = new GeneratorProcess(builder, Optional.empty())) {
            String output = process.awaitEnd(DEADLINE, 0);
            double seconds = (System.nanoTime() - start) / 1e9;
            requireEqual(output, target.database() + "." + table, rows);
            return seconds;
        }
    }

    /** The program reads the addresses of the replicas from a table. */
    private void findable(List<Node> replicas) throws IOException {
        String replicasTable = target.database() + ".pt_replicas";
        try (Connection connection = target.node().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS " + replicasTable);
            statement.execute(
                    "CREATE TABLE " + replicasTable + " (id INT AUTO_INCREMENT PRIMARY KEY, parent_id INT, dsn TEXT)");
            for (Node replica : replicas) {
                statement.execute("INSERT INTO " + replicasTable + " (dsn) VALUES ('" + dsn(replica) + "')");
            }
        } catch (SQLException e) {
            throw new BenchmarkException(target.node() + ": cannot name the replicas", e);
        }
    }

    /** A node as the program's arguments name it; user and password are in a file. */
    private String dsn(Node node) throws IOException {
        Path file = target.write(
                "pt-" + node.name() + ".cnf",
                String.join(
                        "\n",
                        "[client]",
                        "user=" + node.admin().user(),
                        "password=" + node.admin().password().text(),
                        ""));
        return "h=" + node.address().host() + ",P=" + node.address().port() + ",F=" + file;
    }

    /** The program's report is a line of names and a line for each table. */
    static void requireEqual(String output, String table, long rows) {
        List<String[]> lines =
                output.lines().map(line -> line.strip().split("\\s+")).toList();
        Optional<String[]> names = lines.stream()
                .filter(line -> line[0].equals("TS") && line[line.length - 1].equals("TABLE"))
                .findFirst();
        Optional<String[]> values = lines.stream()
                .filter(line -> line[line.length - 1].equals(table))
                .findFirst();
        Map<String, String> report = new HashMap<>();
        if (names.isPresent() && values.isPresent() && names.get().length == values.get().length) {
            for (int i = 0; i < names.get().length; i++) {
                report.put(names.get()[i], values.get()[i]);
            }
        }
        Map<String, String> expected = Map.of("ERRORS", "0", "DIFFS", "0", "SKIPPED", "0", "ROWS", Long.toString(rows));
        if (!report.entrySet().containsAll(expected.entrySet())) {
            throw new BenchmarkException(
                    PROGRAM + ": expected " + expected + ", found " + report + ":" + Texts.end(output));
        }
    }
}
