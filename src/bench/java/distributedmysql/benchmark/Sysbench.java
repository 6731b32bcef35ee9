package distributedmysql.benchmark;

import distributedmysql.mysql.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * sysbench 1.0 with its own scripts; only for the insert, which its script sends as text, there is one of ours that
 * sends it prepared.
 */
final class Sysbench implements Generator {
    private static final Path INSERT_SCRIPT = Path.of("src", "bench", "resources", "insert.lua");

    private final Target target;
    private final String version;

    private Sysbench(Target target, String version) {
        this.target = target;
        this.version = version;
    }

    /** Empty if it is not installed. */
    static Optional<Generator> find(Target target) {
        return Programs.firstLine("sysbench", "--version").map(line -> {
            if (!line.startsWith("sysbench 1.0")) {
                throw new BenchmarkException(
                        "sysbench on the PATH says \"" + line + "\"; this reads version 1.0's output");
            }
            return new Sysbench(target, line);
        });
    }

    @Override
    public GeneratorKind kind() {
        return GeneratorKind.SYSBENCH;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Optional<String> cannot(LoadPlan plan) {
        return Optional.empty();
    }

    @Override
    public GeneratorProcess start(LoadPlan plan) throws IOException {
        Credentials load = target.node().load();
        Path options = target.write(
                "sysbench.conf",
                String.join(
                        "\n",
                        "mysql-host=" + target.node().address().host(),
                        "mysql-port=" + target.node().address().port(),
                        "mysql-db=" + target.database(),
                        "mysql-user=" + load.user(),
                        "mysql-password=" + load.password().text(),
                        ""));
        List<String> command = new ArrayList<>(List.of(
                "sysbench",
                "--config-file=" + options,
                "--threads=" + plan.connections(),
                "--time=" + plan.wholeSeconds(),
                // Statistics start anew there: what follows is the measured window.
                "--report-checkpoints=" + plan.warmUpSeconds(),
                "--histogram=on",
                "--table-size=" + plan.rows(),
                "--rand-type=uniform",
                script(plan.workload())));
        if (plan.targetRate() != null) {
            command.add("--rate=" + plan.targetRate());
        }
        command.add("run");
        return new GeneratorProcess(new ProcessBuilder(command), Optional.of("Threads started!"));
    }

    private static String script(Workload workload) {
        return switch (workload) {
            case POINT_SELECT -> "oltp_point_select";
            case TRANSACTION -> "oltp_read_write";
            case INSERT -> INSERT_SCRIPT.toString();
        };
    }

    @Override
    public Optional<ToolReport> report(LoadPlan plan, String output) {
        return Optional.of(SysbenchReport.parse(output));
    }
}
