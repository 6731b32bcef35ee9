package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.history.Operation;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the four session guarantees have in common: they look at the operations of {@link Probe#SESSION}, judge reads,
 * and count by the strategy of the read that is judged. A read that was not answered, whose wait for a GTID timed out,
 * or that found a damaged row, neither violates a guarantee nor demands anything of later reads.
 */
abstract sealed class SessionTally implements Checker
        permits ReadYourWrites, MonotonicReads, MonotonicWrites, WritesFollowReads {
    private static final class Count {
        private long samples;
        private long violations;
        private SessionGuarantee.CounterExample first;
    }

    private final Guarantee guarantee;
    private final Map<Strategy, Count> counts = new TreeMap<>();

    SessionTally(Guarantee guarantee, Plan plan) {
        this.guarantee = guarantee;
        plan.strategies().forEach(strategy -> counts.put(strategy, new Count()));
    }

    @Override
    public final void accept(Operation operation) {
        if (operation.call().probe() != Probe.SESSION) {
            return;
        }
        if (operation instanceof Write write) {
            wrote(write);
        } else if (operation instanceof Read read && read.isTrustworthy()) {
            hasRead(read);
        }
    }

    abstract void wrote(Write write);

    abstract void hasRead(Read read);

    /** Counts a read that had to show a version or a later one. */
    final void judge(Read read, long expectedVersion, Supplier<String> because) {
        Count count = counts.computeIfAbsent(read.strategy(), any -> new Count());
        count.samples++;
        if (read.answer().version() < expectedVersion) {
            count.violations++;
            if (count.first == null) {
                count.first = new SessionGuarantee.CounterExample(
                        read.call().process(),
                        read.call().key(),
                        expectedVersion,
                        because.get(),
                        read.answer().version(),
                        read.call().node(),
                        read.call().invokeMicros(),
                        read.call().completeMicros());
            }
        }
    }

    final List<SessionGuarantee> guarantees() {
        List<SessionGuarantee> guarantees = new ArrayList<>();
        counts.forEach((strategy, count) -> guarantees.add(new SessionGuarantee(
                guarantee,
                strategy,
                guarantee.isRequiredUnder(strategy),
                count.samples,
                count.violations,
                count.first)));
        return guarantees;
    }

    @Override
    public final Meaning meaning() {
        return Guarantee.MEANING;
    }

    @Override
    public final CheckResult result() {
        List<SessionGuarantee> all = guarantees();
        String invalid = all.stream()
                .filter(one -> one.required() && one.violations() > 0)
                .map(one -> one.strategy().label() + ": " + one.firstViolation())
                .findFirst()
                .orElse("");
        String unknown = all.stream()
                .filter(one -> one.samples() == 0)
                .map(one -> one.strategy().label() + ": no samples")
                .findFirst()
                .orElse(all.isEmpty() ? "no sessions were planned" : "");
        return Evidence.judge(guarantee.label(), invalid, unknown, figures(all));
    }

    /** Who promises it first: that decides the verdict. What was measured where nobody promises it is no violation. */
    private static String figures(List<SessionGuarantee> all) {
        return Stream.of(true, false)
                .flatMap(required -> all.stream().filter(one -> one.required() == required))
                .map(one -> one.strategy().label() + (one.required() ? "" : " promises nothing, measured")
                        + ": kept in " + (one.samples() - one.violations()) + " of "
                        + Evidence.count(one.samples(), "sample") + example(one))
                .collect(Collectors.joining("; "));
    }

    /** Of what is a measurement; a violation of what is promised stands at the beginning of the evidence. */
    private static String example(SessionGuarantee one) {
        return one.violations() == 0 || one.required() ? "" : " (not where " + one.firstViolation() + ")";
    }
}
