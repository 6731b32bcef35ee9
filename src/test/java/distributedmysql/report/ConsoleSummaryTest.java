package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.experiment.performance.MaxThroughput;
import distributedmysql.experiment.performance.MaxThroughput.Objective;
import distributedmysql.monitor.machine.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSummaryTest {
    private static final Meaning MEANING = new Meaning(
            "More requests failed than the settings allow.",
            "A server could not say how many statements it executed.",
            "Look at the errors, or count again.");

    @TempDir
    private Path directory;

    static final Path JSON = Path.of("/reports/test_report.json");

    static final Path HTML = Path.of("/reports/report.html");

    @Test
    void showsStagesChecksVerdictAndPaths() {
        List<Stage> stages = List.of(
                Reports.open("select 200/s", 200, 199.4, List.of(new ErrorCount("40001", 1213, 3, "Deadlock"))),
                Reports.closed("max throughput, 64 users", 64));
        RunReport report = Reports.of(
                List.of(
                        CheckResult.valid("server counts: select 200/s", "1000 executions on 2 servers"),
                        CheckResult.invalid("performance errors", "3 of 1,000 requests failed (0.30 %)")
                                .meaning(MEANING),
                        CheckResult.unknown("server counts: mixed", "node2: the server was restarted in between")
                                .meaning(MEANING)),
                stages,
                Reports.maxThroughput());
        assertThat(ConsoleSummary.warnings(report))
                .containsExactly("warning: max throughput, 64 users: the generator took 60 % of the processors, all"
                        + " processes 100 %");
        assertThat(ConsoleSummary.of(report, JSON, HTML)).isEqualTo("""
                        Stage                            requests/s of target   errors     p50 ms     p95 ms     p99 ms
                        select 200/s                             199.4 of 200        3       0.90      12.01      12.01
                        max throughput, 64 users                      12345.6        0       1.10       9.01       9.01
                        warning: max throughput, 64 users: the generator took 60 % of the processors, all processes 100 %
                        Maximum throughput of reads on the replicas: 12,346 requests/s with 64 connections
                          the most with p95 <= 250.00 ms and errors <= 0.1 %
                          scalability: knee at 67 connections; 5,076 requests/s expected with 1000 (prediction error 0.0 %)
                        VALID    server counts: select 200/s: 1000 executions on 2 servers
                        INVALID  performance errors: 3 of 1,000 requests failed (0.30 %)
                                 means: More requests failed than the settings allow.
                                 next:  Look at the errors, or count again.
                        UNKNOWN  server counts: mixed: node2: the server was restarted in between
                                 means: A server could not say how many statements it executed.
                                 next:  Look at the errors, or count again.
                        What each check proves, and commands for what to do next: docs/verdicts.md
                        Verdict: FAIL: 1 check INVALID, 1 UNKNOWN, 1 VALID
                        HTML: /reports/report.html
                        JSON: /reports/test_report.json
                        Gatling: not written
                        """);
    }

    @Test
    @DisplayName("What broke a round of failovers is said once, and each check says what it has seen all the same")
    void repeatedEvidence() {
        String broken =
                "round 1: node2 (127.0.0.1:3307): external.hooks.promote = exit 7: exit code 7: it said nothing";
        String console = ConsoleSummary.of(
                Reports.of(
                        List.of(
                                CheckResult.unknown("lost acknowledged writes: async", broken + "; of 9 writes lost 0"),
                                CheckResult.invalid("split brain: async", "2 primaries; 3 writes"),
                                CheckResult.unknown("ledger on every node: async", "2 primaries; 4 writes"),
                                CheckResult.unknown("failed writes absent: async", broken + "; 0 of 9"),
                                CheckResult.unknown("a", broken + "; 0 of 8"),
                                CheckResult.unknown("b", broken + "; 0 of 8")),
                        false),
                JSON,
                HTML);

        assertThat(console.lines().filter(line -> line.matches("(UNKNOWN|INVALID) .*")))
                .containsExactly(
                        "UNKNOWN  lost acknowledged writes: async: " + broken + "; of 9 writes lost 0",
                        "INVALID  split brain: async: 2 primaries; 3 writes",
                        "UNKNOWN  ledger on every node: async: 2 primaries; 4 writes",
                        "UNKNOWN  failed writes absent: async: as in lost acknowledged writes: async; 0 of 9",
                        "UNKNOWN  a: as in lost acknowledged writes: async; 0 of 8",
                        "UNKNOWN  b: as in lost acknowledged writes: async; 0 of 8");
    }

    @Test
    void aScenarioOfTheUsersIsAStageWithItsRequests() {
        Stage own = Reports.own("transfers");
        RunReport report = Reports.of(List.of(CheckResult.valid("a", "b")), List.of(own), null);
        assertThat(ConsoleSummary.of(report, JSON, HTML)).startsWith("""
                        Stage                            requests/s of target   errors     p50 ms     p95 ms     p99 ms
                        transfers                                       120.0      500       0.90       1.50       1.50
                          balance                                       100.0        0       0.90       1.50       1.50
                          transfer                                        0.0      500          -          -          -
                        warning: transfers: 7 answers to "balance" without shard2
                        VALID    a: b
                        """);
    }

    @Test
    void saysWhereItRanAndWhatABusyMachineCanHaveSpoilt() {
        RunReport report =
                Reports.of(List.of(CheckResult.valid("a", "b")), true).on(MachineReports.full());
        assertThat(ConsoleSummary.warnings(report))
                .containsExactly("WARNING: this machine was busy, and may have spoilt the figures of: select 200/s;"
                        + " replication lag; max throughput 64; connection steps; failover after-sync; for longest other"
                        + " processes took 95 % of the processors in 7.5 of 8.0 s");
        assertThat(ConsoleSummary.of(report, JSON, HTML)).isEqualTo("""
                        Machine: 2 processors EPYC, 8.0 GiB, Linux 6.1 amd64, virtual machine (QEMU), in docker
                        Disks: server data on ext4 /dev/vda, solid state, 50.0 GiB free
                        WARNING: this machine was busy, and may have spoilt the figures of:
                                 select 200/s; replication lag; max throughput 64; connection steps; failover after-sync
                                 For longest other processes took 95 % of the processors in 7.5 of 8.0 s
                        VALID    a: b
                        Verdict: PASS: 1 check VALID
                        HTML: /reports/report.html
                        JSON: /reports/test_report.json
                        Gatling: not written
                        """);
    }

    @Test
    void saysOfWhichServerTheRecommendedConnectionsAre() {
        assertThat(ConsoleSummary.of(Reports.full(), JSON, HTML))
                .contains("Recommended connections for reads on node1 (the primary): 10 (busy machine)\n  best\n");
    }

    @Test
    void saysNothingAboutAMachineThatWasNotBusyAndNothingThatItDoesNotKnow() {
        Where bare = new Where(
                null,
                new Where.Processors(null, null, 1, null),
                new Where.Memory(null, null),
                new Where.Platform("Mac OS X 14 aarch64", null, null),
                MachineReports.where().jvm(),
                List.of());
        RunReport report =
                Reports.of(List.of(CheckResult.valid("a", "b")), true).on(new Machine(bare, null));
        assertThat(ConsoleSummary.of(report, JSON, HTML))
                .startsWith("Machine: 1 processor, Mac OS X 14 aarch64\nVALID    a: b\n");
        ReportSchema.validate(ReportWriter.write(report, directory));
    }

    @Test
    @DisplayName("Every line of a figure that a busy machine may have spoilt is marked, and no other")
    void marksWhatABusyMachineMayHaveSpoilt() {
        List<String> marked = ConsoleSummary.of(Reports.full(), JSON, HTML)
                .lines()
                .filter(line -> line.endsWith(" busy") || line.endsWith("(busy machine)"))
                .map(line -> line.strip().replaceAll(" {2,}.*|: .*", ""))
                .toList();
        assertThat(marked)
                .containsExactly(
                        "select 200/s",
                        "max throughput 64",
                        "Maximum throughput of reads on the replicas",
                        "scalability",
                        "Recommended connections for reads on node1 (the primary)",
                        "Failover after-sync of shard1");
        RunReport full = Reports.full();
        RunReport quiet = RunReport.of(full.run(), full.topology(), full.checks(), List.of())
                .with(full.stages(), Map.of());
        assertThat(ConsoleSummary.of(quiet, JSON, HTML).lines().filter(line -> line.endsWith(" busy")))
                .isEmpty();
    }

    @Test
    void aLineOfAValidCheckEndsAfterAWholeWord() {
        for (int length = 1; length < 120; length++) {
            String evidence = "x".repeat(length) + " 12345, (67890 abcdefgh; ijklmnop: 100.00 %), qrstuv and so on "
                    + "y".repeat(99);
            String line = ConsoleSummary.of(Reports.of(List.of(CheckResult.valid("a", evidence)), true), JSON, HTML)
                    .lines()
                    .findFirst()
                    .orElseThrow();
            assertThat(line).hasSizeLessThanOrEqualTo(100);
            if (line.endsWith(" ...") && length < 80) {
                String kept = line.substring("VALID    a: ".length(), line.length() - 4);
                assertThat(evidence.replaceAll("[,;:(]", "")).startsWith(kept.replaceAll("[,;:(]", "") + " ");
            }
        }
    }

    @Test
    @DisplayName("INVALID and UNKNOWN are counted apart, and an interrupted run says so first")
    void verdicts() {
        CheckResult valid = CheckResult.valid("a", "x");
        CheckResult invalid = CheckResult.invalid("b", "x");
        CheckResult unknown = CheckResult.unknown("c", "x");
        assertThat(verdict(true, valid, valid)).isEqualTo("PASS: 2 checks VALID");
        assertThat(verdict(true, valid, unknown)).isEqualTo("FAIL: 1 check UNKNOWN, 1 VALID");
        assertThat(verdict(true, invalid, unknown, unknown)).isEqualTo("FAIL: 1 check INVALID, 2 UNKNOWN");
        assertThat(verdict(true)).isEqualTo("FAIL: no check was made");
        assertThat(verdict(false)).isEqualTo("FAIL: interrupted, before any check was judged");
        assertThat(verdict(false, valid)).isEqualTo("FAIL: interrupted; the 1 check that was judged is VALID");
        assertThat(verdict(false, valid, valid))
                .isEqualTo("FAIL: interrupted; the 2 checks that were judged are VALID");
        assertThat(verdict(false, valid, unknown))
                .isEqualTo("FAIL: interrupted; of those that were judged, 1 check UNKNOWN, 1 VALID");
    }

    private static String verdict(boolean completed, CheckResult... checks) {
        return VerdictLine.of(Reports.of(List.of(checks), completed));
    }

    @Test
    void saysWhyThereIsNoMaximumThroughput() {
        RunReport report = Reports.of(
                List.of(CheckResult.valid("a", "b")), List.of(), MaxThroughput.of(List.of(), new Objective(20_000, 0)));
        assertThat(ConsoleSummary.of(report, JSON, HTML))
                .contains("Maximum throughput of reads on the replicas: no step was run to its end\n"
                        + "  the most with p95 <= 20.00 ms and errors <= 0.0 %\n")
                .contains("Verdict: PASS: 1 check VALID\n");
    }

    @Test
    void showsEveryValidCheckInOneLineOf100ColumnsAndWhatFailedLast() {
        List<Stage> stages = new ArrayList<>();
        List<CheckResult> checks = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            stages.add(
                    Reports.open("a stage with a name that is far too long for its column " + i, 200, 200, List.of()));
            checks.add(CheckResult.valid("check " + i, "evidence\n".repeat(50)));
        }
        checks.add(0, CheckResult.invalid("the first one", "failed"));
        RunReport report = Reports.of(checks, stages, Reports.maxThroughput());
        String summary = ConsoleSummary.of(report, JSON, HTML);
        List<String> lines = summary.lines().toList();
        assertThat(lines).hasSize(1 + 30 + 3 + 31 + 4).allMatch(line -> line.length() <= 100);
        assertThat(lines.get(lines.size() - 5)).isEqualTo("INVALID  the first one: failed");
    }

    @Test
    @DisplayName("what fails the run is whole: 5,000 characters of evidence, blanks in values included")
    void nothingOfWhatFailedIsCut() {
        String evidence = "shop.orders on node2: " + "x".repeat(5_000) + " total = 'a  b' on the primary";
        RunReport report = Reports.of(
                List.of(
                        CheckResult.invalid("table checksums", evidence + "\nsecond line")
                                .meaning(MEANING),
                        CheckResult.unknown("replication lag", evidence).meaning(MEANING)),
                true);
        assertThat(ConsoleSummary.of(report, JSON, HTML))
                .contains(
                        "INVALID  table checksums: " + evidence + " second line\n         means: More requests failed")
                .contains("UNKNOWN  replication lag: " + evidence + "\n         means: A server could not say");
    }

    @Test
    void pathsAreAbsoluteAndWhole() {
        String summary = ConsoleSummary.of(Reports.full(), Path.of("x".repeat(120)), Path.of("a/../index.html"));
        assertThat(summary)
                .contains("JSON: " + Path.of("x".repeat(120)).toAbsolutePath() + "\n")
                .contains("HTML: " + Path.of("index.html").toAbsolutePath() + "\n");
    }
}
