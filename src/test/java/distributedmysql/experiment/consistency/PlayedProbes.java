package distributedmysql.experiment.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Settings;
import distributedmysql.experiment.consistency.judge.Guarantee;
import distributedmysql.experiment.consistency.judge.ReadAfterWrite;
import distributedmysql.experiment.consistency.judge.RecheckHistory;
import distributedmysql.experiment.consistency.judge.SessionGuarantee;
import distributedmysql.history.History;
import distributedmysql.history.Operation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.mysql.Node;
import distributedmysql.report.ReportSchema;
import distributedmysql.report.ReportWriter;
import distributedmysql.report.Run;
import distributedmysql.report.RunReport;
import distributedmysql.report.TopologyReport;
import distributedmysql.run.Check;
import distributedmysql.run.Permissions;
import distributedmysql.run.RunServers;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import io.gatling.app.Gatling$;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One real Gatling run of probes, to its end, and what came of it. */
public final class PlayedProbes {
    /** What a test does to the servers. */
    @FunctionalInterface
    public interface Plant {
        void plant() throws SQLException;
    }

    private final long begun;
    private long took;
    private long written;
    private final Instant start = Instant.now();
    private final Deployment deployment;
    private final ReplicaSet replicaSet;
    private final Settings settings;
    private final Path file;
    private final ConsistencyRun run;
    private final List<CheckResult> results;
    private final List<Operation> operations = new ArrayList<>();

    /** @param beforeTheEnd is done after the probes and before the final reads */
    @SuppressWarnings(
            "StaticAssignmentInConstructor") // Gatling makes the simulation, which is therefore told by a static field.
    public PlayedProbes(
            ReplicaSet replicaSet, Settings settings, Path file, ProbesSimulation.Work work, Plant beforeTheEnd)
            throws SQLException {
        this.deployment = new Deployment("test", Shards.only(replicaSet), () -> {});
        this.replicaSet = replicaSet;
        this.settings = settings;
        this.file = file;
        String database = settings.data().database();
        written = -countWritten();
        begun = System.nanoTime();
        try (ConnectionPools pools = new ConnectionPools(replicaSet, database, settings.connection())) {
            RunServers servers = new RunServers(
                    deployment,
                    pools,
                    Optional.empty(),
                    new ConnectionFeeder(replicaSet, pools),
                    Permissions.full(settings.data().database()));
            run = new ConsistencyRun(servers, settings, file, System.out::println);
            try (run) {
                run.begin();
                ProbesSimulation.probes = run.probes();
                ProbesSimulation.work = work;
                String[] arguments = {"-s", ProbesSimulation.class.getName(), "-rf", "target/gatling-it", "-nr"};
                assertThat(Gatling$.MODULE$.fromArgs(arguments)).isZero();
                took = System.nanoTime() - begun;
                written += countWritten();
                beforeTheEnd.plant();
                run.end(work.planned());
            }
        }
        results = run.checks().stream().map(Check::result).toList();
        results.forEach(System.out::println);
        assertThat(History.read(file).replay(operations::add)).isEmpty();
    }

    private long countWritten() throws SQLException {
        // Not in performance_schema.global_status, which has no counters of statements.
        String query = "SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_insert', 'Com_update')";
        try (Connection connection = replicaSet.primary().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(2);
            }
            return sum;
        }
    }

    /** Statements that the primary executed from before the probes to their end, beats of the lag included. */
    long written() {
        return written;
    }

    /** How many beats of the lag that time has room for. */
    long mostBeats() {
        return took
                        / settings.of(ConsistencySettings.class)
                                .lag()
                                .beatInterval()
                                .toNanos()
                + 1;
    }

    List<CheckResult> results() {
        return results;
    }

    public CheckResult result(String name) {
        return results.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public ConsistencyRun run() {
        return run;
    }

    List<Write> writes() {
        return operations.stream()
                .filter(Write.class::isInstance)
                .map(Write.class::cast)
                .toList();
    }

    /** Before the final ones. */
    long answeredReads() {
        return operations.stream()
                .filter(Read.class::isInstance)
                .filter(read -> read.call().probe() != Probe.FINAL_READ)
                .count();
    }

    List<Read> reads(Strategy strategy, Node node, long delayMillis) {
        return operations.stream()
                .filter(Read.class::isInstance)
                .map(Read.class::cast)
                .filter(read ->
                        read.strategy() == strategy && read.call().node().equals(node.name()))
                .filter(read -> read.after().version() > 0 && read.after().delayMicros() == delayMillis * 1_000)
                .toList();
    }

    /** From before the write that a read follows was sent to the read's answer, in microseconds: its commit is later. */
    long sinceWritten(Read read) {
        Write write = writes().stream()
                .filter(one -> one.call().key() == read.call().key()
                        && one.version() == read.after().version())
                .findFirst()
                .orElseThrow();
        return read.call().completeMicros() - write.call().invokeMicros();
    }

    ReadAfterWrite.Cell cell(Strategy strategy, Node node, long delayMillis) {
        return run.verdicts().readAfterWrite().stream()
                .filter(cell -> cell.strategy() == strategy && cell.replica().equals(node.name()))
                .filter(cell -> cell.delayMillis() == delayMillis)
                .findFirst()
                .orElseThrow();
    }

    SessionGuarantee guarantee(Guarantee guarantee, Strategy strategy) {
        return run.verdicts().sessionGuarantees().stream()
                .filter(one -> one.guarantee() == guarantee && one.strategy() == strategy)
                .findFirst()
                .orElseThrow();
    }

    /** The command that checks a saved history again says, in a JVM of its own, what the run has said. */
    void assertRecheckedAlike(int exitCode) throws IOException, InterruptedException {
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecheckHistory.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String lines = run.verdicts().lines().collect(Collectors.joining(System.lineSeparator()));
        assertThat(printed)
                .isEqualTo(lines + System.lineSeparator() + run.verdicts().json() + System.lineSeparator());
        assertThat(command.waitFor()).isEqualTo(exitCode);
    }

    void assertReportAsPublished(Path directory) {
        RunReport report = RunReport.of(
                        Run.of(start, Instant.now(), settings, "ProbesSimulation", null),
                        TopologyReport.read(deployment),
                        results,
                        List.of())
                .with(List.of(), Map.of("consistency", run.report()));
        ReportSchema.validate(ReportWriter.write(report, directory));
    }

    void assertNeverStale(Strategy strategy, Node node, long delayMillis, int samples) {
        ReadAfterWrite.Cell cell = cell(strategy, node, delayMillis);
        assertThat(cell.samples()).as("%s", cell).isEqualTo(samples);
        assertThat(cell.fresh()).as("%s", cell).isEqualTo(samples);
    }

    void assertInvalid(String check, String... evidence) {
        CheckResult result = result(check);
        assertThat(result.verdict()).as("%s", result).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains(evidence);
    }
}
