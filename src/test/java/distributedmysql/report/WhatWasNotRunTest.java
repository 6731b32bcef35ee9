package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the console says of checks that were not made. */
class WhatWasNotRunTest {
    @Test
    void listsByReasonWhatWasNotRun() {
        List<NotRun> notRun = new ArrayList<>();
        for (String name : List.of("server counts: mixed 200/s", "read after write", "visibility", "lost writes")) {
            notRun.add(new NotRun(name, "it needs writes, and external.read-only = true"));
        }
        notRun.add(new NotRun("lost acknowledged writes: async", "node1 is not ours"));
        List<CheckResult> checks = List.of(CheckResult.valid("replication lag", "node2: p99 0"));
        RunReport full = Reports.full();
        RunReport report = RunReport.of(full.run(), Reports.interrupted().topology(), checks, notRun);
        assertThat(report.verdict()).isEqualTo(RunReport.RunVerdict.PASS);
        assertThat(ConsoleSummary.of(report, ConsoleSummaryTest.JSON, ConsoleSummaryTest.HTML))
                .isEqualTo("""
                        NOT RUN: it needs writes, and external.read-only = true:
                                 server counts: mixed 200/s; read after write; visibility; lost writes
                        NOT RUN: node1 is not ours:
                                 lost acknowledged writes: async
                        VALID    replication lag: node2: p99 0
                        Verdict: PASS: 1 check VALID; 5 not run
                        HTML: /reports/report.html
                        JSON: /reports/test_report.json
                        Gatling: not written
                        """);
    }

    @Test
    void manyThatWereNotRunDoNotBuryTheResults() {
        RunReport full = Reports.full();
        List<NotRun> notRun = IntStream.rangeClosed(1, 44)
                .mapToObj(i -> new NotRun("check " + i, "it needs writes"))
                .toList();
        RunReport report = RunReport.of(full.run(), Reports.interrupted().topology(), List.of(), notRun);
        assertThat(ConsoleSummary.of(report, ConsoleSummaryTest.JSON, ConsoleSummaryTest.HTML))
                .startsWith("""
                        NOT RUN: it needs writes:
                                 check 1; check 2; check 3; check 4; check 5;
                                 and 39 more, named by notRun of the JSON summary
                        Verdict: FAIL: no check was made; 44 not run
                        """);
    }

    @Test
    void whatWasNotRunIsNoEvidence() {
        RunReport full = Reports.full();
        List<NotRun> notRun = List.of(new NotRun("table checksums", "no database"));
        RunReport report = RunReport.of(full.run(), full.topology(), List.of(), notRun);
        assertThat(report.verdict()).isEqualTo(RunReport.RunVerdict.FAIL);
        assertThat(ConsoleSummary.of(report, ConsoleSummaryTest.JSON, ConsoleSummaryTest.HTML))
                .contains("Verdict: FAIL: no check was made; 1 not run");
    }

    @Test
    void showsWhatAnInterruptedRunHas() {
        assertThat(ConsoleSummary.of(Reports.interrupted(), null, null)).isEqualTo("""
                        Verdict: FAIL: interrupted, before any check was judged
                        HTML: not written
                        JSON: not written
                        Gatling: not written
                        """);
    }
}
