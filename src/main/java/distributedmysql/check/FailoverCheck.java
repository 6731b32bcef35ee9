package distributedmysql.check;

import distributedmysql.history.Ending;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What failovers cost, and whether that is what the replication mode promises. */
public final class FailoverCheck {
    private static final String LOST = "lost acknowledged writes";
    private static final String SPLIT_BRAIN = "split brain";
    private static final String OUTCOMES = "failed writes absent";

    private FailoverCheck() {}

    /**
     * @param primary the name of the node that is the primary in the end
     * @param promotions in order of time
     */
    public static FailoverFigures figures(Ledger ledger, String primary, List<Promotion> promotions) {
        FailoverFigures.Rpo rpo =
                ledger.presentOn(primary).map(present -> rpo(ledger, present)).orElse(null);
        RecoveryTimes times = new RecoveryTimes(ledger);
        List<FailoverFigures.Rto> rto = promotions.stream().map(times::rto).toList();
        BitSet present = ledger.presentOn(primary).orElseGet(BitSet::new);
        IdSet twoPrimaries = IdSet.of(new Reigns(promotions).violations(ledger, present));
        return new FailoverFigures(rpo, rto, twoPrimaries, errors(ledger));
    }

    /**
     * Three results: {@code lost acknowledged writes}, {@code split brain} and {@code failed writes absent} (which also
     * finds writes that were acknowledged twice). Each is {@code UNKNOWN} where there was no failover, nothing was
     * acknowledged before it, or it is not known what was there in the end.
     *
     * @param maxLost how many acknowledged writes asynchronous replication may lose; empty if that is only measured.
     *     Semi-synchronous replication may lose none
     */
    public static List<CheckResult> check(FailoverFigures figures, ReplicationMode mode, OptionalLong maxLost) {
        String missing = missing(figures);
        if (!missing.isEmpty()) {
            return List.of(
                    CheckResult.unknown(LOST, missing),
                    CheckResult.unknown(SPLIT_BRAIN, missing),
                    CheckResult.unknown(OUTCOMES, missing));
        }
        return List.of(lost(figures.rpo(), mode, maxLost), splitBrain(figures), outcomes(figures.rpo()));
    }

    private static String missing(FailoverFigures figures) {
        if (figures.rto().isEmpty()) {
            return "there was no failover";
        }
        if (figures.rpo() == null) {
            return "it is not known which writes the primary holds in the end";
        }
        boolean acknowledgedBefore = figures.rto().stream().anyMatch(rto -> rto.lastBeforeMicros() != null);
        return acknowledgedBefore ? "" : "no write was acknowledged before a failover";
    }

    private static CheckResult lost(FailoverFigures.Rpo rpo, ReplicationMode mode, OptionalLong maxLost) {
        boolean synchronous = mode != ReplicationMode.ASYNCHRONOUS;
        String evidence = mode + ": of " + rpo.acknowledged() + " acknowledged writes lost " + rpo.lost()
                + "; seen by a reader and then lost " + rpo.seenThenLost();
        boolean tooMany = rpo.lost().count() > (synchronous ? 0 : maxLost.orElse(Long.MAX_VALUE));
        boolean seen = mode == ReplicationMode.AFTER_SYNC && !rpo.seenThenLost().none();
        if (tooMany || seen) {
            return CheckResult.invalid(LOST, evidence + (synchronous ? "" : "; at most " + maxLost.getAsLong()));
        }
        String limit = maxLost.isPresent() ? "; at most " + maxLost.getAsLong() : "; measured, no limit is set";
        return CheckResult.valid(LOST, evidence + (synchronous ? "" : limit));
    }

    private static CheckResult splitBrain(FailoverFigures figures) {
        IdSet both = figures.acknowledgedByTwoPrimaries();
        if (!both.none()) {
            return CheckResult.invalid(SPLIT_BRAIN, "acknowledged by a server that was not the primary: " + both);
        }
        boolean everyNewOneWrote = figures.rto().stream().allMatch(rto -> rto.firstAfterMicros() != null);
        return everyNewOneWrote
                ? CheckResult.valid(
                        SPLIT_BRAIN,
                        "after each of " + figures.rto().size()
                                + " promotions every acknowledgement came from the new primary")
                : CheckResult.unknown(SPLIT_BRAIN, "no write was acknowledged after a promotion");
    }

    private static CheckResult outcomes(FailoverFigures.Rpo rpo) {
        String evidence = "failed, and there all the same: " + rpo.phantom() + "; acknowledged more than once: "
                + rpo.duplicates() + "; of unknown outcome: " + rpo.unknownSurvived() + " survived, "
                + rpo.unknownVanished() + " vanished";
        return rpo.phantom().none() && rpo.duplicates().none()
                ? CheckResult.valid(OUTCOMES, evidence)
                : CheckResult.invalid(OUTCOMES, evidence);
    }

    private static FailoverFigures.Rpo rpo(Ledger ledger, BitSet present) {
        BitSet acknowledged = new BitSet();
        BitSet duplicates = new BitSet();
        BitSet unknown = new BitSet();
        BitSet failed = new BitSet();
        ledger.forEachWrite(write -> {
            int id = (int) write.id();
            switch (write.ending().outcome()) {
                case OK -> {
                    (acknowledged.get(id) ? duplicates : acknowledged).set(id);
                }
                case UNKNOWN -> unknown.set(id);
                case FAIL -> failed.set(id);
            }
        });
        BitSet survived = and(unknown, present);
        return new FailoverFigures.Rpo(
                acknowledged.cardinality(),
                IdSet.of(without(acknowledged, present)),
                survived.cardinality(),
                unknown.cardinality() - survived.cardinality(),
                IdSet.of(duplicates),
                IdSet.of(and(failed, present)),
                IdSet.of(without(ledger.seen(), present)));
    }

    private static List<FailoverFigures.ErrorCount> errors(Ledger ledger) {
        Map<Long, Map<String, Long>> writes = new TreeMap<>();
        Map<Long, Map<String, Long>> reads = new TreeMap<>();
        ledger.forEachWrite(write -> count(writes, write.completeMicros(), write.ending()));
        ledger.forEachRead(read -> count(reads, read.completeMicros(), read.ending()));
        List<FailoverFigures.ErrorCount> counts = new ArrayList<>();
        collect(writes, "write", counts);
        collect(reads, "read", counts);
        return List.copyOf(counts);
    }

    private static void count(Map<Long, Map<String, Long>> counts, long completeMicros, Ending ending) {
        if (!ending.isOk()) {
            counts.computeIfAbsent(completeMicros / 1_000_000, second -> new TreeMap<>())
                    .merge(ending.sqlState() + "/" + ending.code(), 1L, Long::sum);
        }
    }

    private static void collect(
            Map<Long, Map<String, Long>> counts, String operation, List<FailoverFigures.ErrorCount> into) {
        counts.forEach((second, errors) -> errors.forEach(
                (error, count) -> into.add(new FailoverFigures.ErrorCount(second, operation, error, count))));
    }

    private static BitSet and(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both;
    }

    private static BitSet without(BitSet ids, BitSet others) {
        BitSet rest = (BitSet) ids.clone();
        rest.andNot(others);
        return rest;
    }
}
