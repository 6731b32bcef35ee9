package distributedmysql.benchmark;

import distributedmysql.mysql.Credentials;
import distributedmysql.topology.embedded.ServerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * mysqlslap. It sends text, cannot prepare statements, and reads them from a file, which every connection walks through
 * from its first line; it tells no latencies.
 */
final class MysqlSlap implements Generator {
    private static final int STATEMENTS = 10_000;
    // It cannot be told how long to run, only how many statements: more than it can send; it is ended when the window
    // is over.
    private static final int MORE_THAN_PER_SECOND = 500_000;

    private final Target target;
    private final Path program;
    private final String version;

    private MysqlSlap(Target target, Path program, String version) {
        this.target = target;
        this.program = program;
        this.version = version;
    }

    /** Empty if it does not come with the server. */
    static Optional<Generator> find(Target target, Path cacheDirectory) throws IOException {
        return ServerProgram.find("mysqlslap", basedir(target), cacheDirectory)
                .map(program -> new MysqlSlap(
                        target,
                        program,
                        Programs.firstLine(program.toString(), "--no-defaults", "--version")
                                .map(line -> line.replaceFirst(".*(mysqlslap)", "$1"))
                                .orElseThrow()));
    }

    private static Path basedir(Target target) {
        try (Connection connection = target.node().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@basedir")) {
            row.next();
            return Path.of(row.getString(1)).toAbsolutePath().normalize();
        } catch (SQLException e) {
            throw new BenchmarkException(target.node() + ": cannot ask for its directory", e);
        }
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.MYSQLSLAP;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Optional<String> cannot(LoadPlan plan) {
        if (plan.targetRate() != null) {
            return Optional.of("it has no open model");
        }
        return plan.workload() == Workload.TRANSACTION
                ? Optional.of("all its connections would change the same rows in the same order")
                : Optional.empty();
    }

    @Override
    public GeneratorProcess start(LoadPlan plan) throws IOException {
        Credentials load = target.node().load();
        Path options = target.write(
                "mysqlslap.cnf",
                String.join(
                        "\n",
                        "[client]",
                        "host=" + target.node().address().host(),
                        "port=" + target.node().address().port(),
                        "user=" + load.user(),
                        "password=" + load.password().text(),
                        ""));
        Path statements = target.write("mysqlslap.sql", statements(plan));
        return new GeneratorProcess(
                new ProcessBuilder(
                        program.toString(),
                        "--defaults-file=" + options,
                        "--protocol=tcp",
                        "--ssl-mode=DISABLED",
                        "--verbose",
                        "--no-drop",
                        "--create-schema=" + target.database(),
                        "--query=" + statements,
                        "--delimiter=;",
                        "--concurrency=" + plan.connections(),
                        "--number-of-queries=" + (long) MORE_THAN_PER_SECOND * plan.wholeSeconds()),
                Optional.empty());
    }

    private static String statements(LoadPlan plan) {
        Random random = new Random();
        Function<Random, String> statement = plan.workload() == Workload.POINT_SELECT
                ? r -> "SELECT c FROM sbtest1 WHERE id=" + (1 + r.nextInt(plan.rows()))
                : r -> "INSERT INTO sbtest1 (k, c, pad) VALUES (" + (1 + r.nextInt(plan.rows())) + ", '"
                        + SbtestRow.groups(10) + "', '" + SbtestRow.groups(5) + "')";
        return IntStream.range(0, STATEMENTS)
                .mapToObj(i -> statement.apply(random))
                .collect(Collectors.joining(";\n"));
    }

    @Override
    public boolean endsByItself() {
        return false;
    }

    @Override
    public Optional<ToolReport> report(LoadPlan plan, String output) {
        return Optional.empty();
    }
}
