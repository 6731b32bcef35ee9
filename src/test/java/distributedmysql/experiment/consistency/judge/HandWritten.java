package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.CheckResult;
import distributedmysql.history.Completion;
import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.Invocation;
import distributedmysql.history.Operation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history written by hand; each operation begins 10 µs after the one before it has ended, and takes 10 µs. */
final class HandWritten {
    static final Completion FAILED = new Completion(Outcome.FAIL, "40001", 1213);
    static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 2013);

    private final List<Operation> operations = new ArrayList<>();
    private final Header header;
    private long now = 1_000;

    HandWritten(Probe probe, Set<Strategy> strategies, String... replicas) {
        Plan plan = new Plan(Set.of(probe), strategies, List.of(0L, 5_000L), 2);
        header = new Header(Instant.EPOCH, "node1", List.of(replicas), plan, Map.of());
    }

    History history() {
        return History.of(header, operations);
    }

    ConsistencyVerdicts verdicts() {
        return ConsistencyVerdicts.of(history());
    }

    CheckResult check(String name) {
        return verdicts().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    HandWritten write(long process, long key, long version, Completion ending) {
        return write(process, key, version, ending, Write.Basis.NONE);
    }

    HandWritten write(long process, long key, long version, Completion ending, Write.Basis basis) {
        operations.add(new Write(call(process, probe(), key, "node1"), ending, version, "", basis));
        return this;
    }

    /** A read of the planned probe that follows no write. */
    HandWritten read(long process, Strategy strategy, String node, long key, long version) {
        Read.Answer answer = new Read.Answer(version, true);
        operations.add(new Read(
                call(process, probe(), key, node),
                Completion.OK,
                strategy,
                Read.After.NOTHING,
                answer,
                Read.GtidWait.NONE));
        return this;
    }

    /** A read that was planned 5 ms after version 2 of key 1 was acknowledged, or a poll for it. */
    HandWritten follow(Strategy strategy, String node, Completion ending, Read.Answer answer, boolean timedOut) {
        Read.After after = new Read.After(2, 1_000, 5_000);
        now = Math.max(now, after.acknowledgedMicros() + after.delayMicros());
        Read.GtidWait wait = timedOut ? new Read.GtidWait(9, true) : Read.GtidWait.NONE;
        operations.add(new Read(call(1, probe(), 1, node), ending, strategy, after, answer, wait));
        return this;
    }

    HandWritten follow(Strategy strategy, String node, long version) {
        return follow(strategy, node, Completion.OK, new Read.Answer(version, true), false);
    }

    HandWritten add(Operation operation) {
        operations.add(operation);
        return this;
    }

    private Probe probe() {
        return header.plan().probes().iterator().next();
    }

    private Invocation call(long process, Probe probe, long key, String node) {
        now += 20;
        return new Invocation(process, probe, key, node, now - 10, now);
    }
}
