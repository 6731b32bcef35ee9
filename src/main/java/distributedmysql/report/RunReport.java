package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The whole JSON summary of one run.
 *
 * @param notRun checks that are part of the simulation and could not be made here
 * @param performance null if no performance stage was run
 * @param stability null if no stability stage was run
 * @param machine the client's; null if the run ended before it was looked at
 * @param gatlingReport the path of Gatling's HTML report; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunReport(
        int schemaVersion,
        Run run,
        TopologyReport topology,
        RunVerdict verdict,
        List<CheckResult> checks,
        List<NotRun> notRun,
        Performance performance,
        Consistency consistency,
        Stability stability,
        Machine machine,
        String gatlingReport) {

    /** Raised when a key is removed or changes its meaning; new keys do not raise it. */
    public static final int SCHEMA_VERSION = 1;

    /** What a build is gated on. */
    public enum RunVerdict {
        PASS,
        FAIL
    }

    public RunReport {
        checks = List.copyOf(checks);
        notRun = List.copyOf(notRun);
    }

    /** With the verdict that follows: {@code PASS} only if the run completed and has checks, all of them valid. */
    public static RunReport of(
            Run run,
            TopologyReport topology,
            List<CheckResult> checks,
            List<NotRun> notRun,
            Performance performance,
            Consistency consistency,
            Stability stability,
            String gatlingReport) {
        boolean pass = run.completed()
                && !checks.isEmpty()
                && checks.stream().allMatch(check -> check.verdict() == Verdict.VALID);
        RunVerdict verdict = pass ? RunVerdict.PASS : RunVerdict.FAIL;
        return new RunReport(
                SCHEMA_VERSION,
                run,
                topology,
                verdict,
                checks,
                notRun,
                performance,
                consistency,
                stability,
                null,
                gatlingReport);
    }

    /** The same, made on this machine. */
    public RunReport on(Machine client) {
        return new RunReport(
                schemaVersion,
                run,
                topology,
                verdict,
                checks,
                notRun,
                performance == null || client.use() == null
                        ? performance
                        : performance.spoiltIn(client.use().busy().stream()
                                .map(MachineUse.Spoilt::what)
                                .collect(Collectors.toSet())),
                consistency,
                stability,
                client,
                gatlingReport);
    }
}
