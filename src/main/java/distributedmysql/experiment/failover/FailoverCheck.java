package distributedmysql.experiment.failover;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.IdSet;
import distributedmysql.config.Plural;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.Outcome;
import distributedmysql.history.Promotion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What failovers cost, and whether that is what the replication mode promises. */
public final class FailoverCheck {
    private static final String LOST = "lost acknowledged writes";
    private static final String SPLIT_BRAIN = "split brain";
    private static final String OUTCOMES = "failed writes absent";
    private static final String NODES = "ledger on every node";

    private FailoverCheck() {}

    /**
     * @param primary the name of the node that is the primary in the end
     * @param startMicros what the seconds of the errors count from, on the run's clock; not after any request
     * @param measured in order of time
     */
    public static FailoverFigures figures(
            Ledger ledger, String primary, long startMicros, List<MeasuredPromotion> measured) {
        FailoverFigures.Rpo rpo =
                ledger.presentOn(primary).map(present -> rpo(ledger, present)).orElse(null);
        List<FailoverFigures.Rto> rto = measured.stream()
                .map(round -> new RecoveryTimes(ledger, round).rto())
                .toList();
        List<Promotion> promotions =
                measured.stream().map(MeasuredPromotion::promotion).toList();
        BitSet present = ledger.presentOn(primary).orElseGet(BitSet::new);
        PrimaryTenures reigns = new PrimaryTenures(promotions);
        return new FailoverFigures(
                rpo,
                rto,
                rpo == null
                        ? List.of()
                        : reigns.lost(ledger, present).stream().map(IdSet::of).toList(),
                IdSet.of(reigns.violations(ledger, present)),
                errors(ledger, startMicros),
                rpo == null ? List.of() : nodes(ledger, present));
    }

    /** The checks' names in a mode, in the order of {@link #check} and then {@link #everyNode}. */
    public static List<String> names(ReplicationMode mode) {
        return Stream.of(LOST, SPLIT_BRAIN, OUTCOMES, NODES)
                .map(name -> name(name, mode))
                .toList();
    }

    private static String name(String what, ReplicationMode mode) {
        return what + ": " + mode.label();
    }

    /**
     * Three results: {@code lost acknowledged writes: …}, {@code split brain: …} and {@code failed writes absent: …}
     * (which also finds writes that were acknowledged twice), with the mode. Each is {@code UNKNOWN} where there was no
     * failover or it is not known what was there in the end, and where nothing that is known is wrong, but nothing was
     * acknowledged before one of the failovers, or, for the second, after it.
     *
     * @param maxLost how many acknowledged writes asynchronous replication may lose; empty if that is only measured.
     *     Semi-synchronous replication may lose none
     */
    public static List<CheckResult> check(FailoverFigures figures, ReplicationMode mode, OptionalLong maxLost) {
        String missing = missing(figures);
        if (!missing.isEmpty()) {
            return List.of(
                    CheckResult.unknown(name(LOST, mode), missing),
                    CheckResult.unknown(name(SPLIT_BRAIN, mode), missing),
                    CheckResult.unknown(name(OUTCOMES, mode), missing));
        }
        return List.of(
                lost(figures, mode, maxLost),
                splitBrain(figures, name(SPLIT_BRAIN, mode)),
                outcomes(figures, name(OUTCOMES, mode)));
    }

    /**
     * {@code ledger on every node: …}: whether all nodes hold the same rows in the end; {@code UNKNOWN} if one of them
     * was not read.
     */
    public static CheckResult everyNode(FailoverFigures figures, ReplicationMode mode, List<String> nodes) {
        List<String> unread = new ArrayList<>(nodes);
        List<String> wrong = new ArrayList<>();
        for (FailoverFigures.NodeRows node : figures.nodes()) {
            unread.remove(node.node());
            if (node.differs()) {
                wrong.add(node.difference());
            }
        }
        String rows = figures.nodes().stream()
                .map(node -> node.node() + ": " + Evidence.count(node.rows(), "row"))
                .collect(Collectors.joining("; "));
        return Evidence.judge(
                name(NODES, mode),
                String.join("; ", wrong),
                unread.isEmpty() ? "" : "not read in the end: " + String.join(", ", unread),
                rows.isEmpty() ? "no row is known" : rows);
    }

    private static String missing(FailoverFigures figures) {
        if (figures.rto().isEmpty()) {
            return "there was no failover";
        }
        if (figures.rpo() == null) {
            return "it is not known which writes the primary holds in the end";
        }
        return "";
    }

    /** What is not known of one failover is not known of them all. */
    private static String nothingBefore(FailoverFigures figures) {
        return without(figures, "before", FailoverFigures.Rto::lastBeforeMicros);
    }

    private static String without(
            FailoverFigures figures, String when, Function<FailoverFigures.Rto, Long> acknowledged) {
        int failovers = figures.rto().size();
        return IntStream.range(0, failovers)
                .filter(i -> acknowledged.apply(figures.rto().get(i)) == null)
                .mapToObj(i -> "no write was acknowledged " + when + " failover " + (i + 1) + " of " + failovers)
                .collect(Collectors.joining("; "));
    }

    private static CheckResult lost(FailoverFigures figures, ReplicationMode mode, OptionalLong maxLost) {
        FailoverFigures.Rpo rpo = figures.rpo();
        boolean synchronous = mode.isSemiSync();
        String name = name(LOST, mode);
        String evidence = "of " + rpo.acknowledged() + " acknowledged writes lost " + rpo.lost()
                + "; seen by a reader and then lost " + rpo.seenThenLost();
        boolean tooMany = rpo.lost().count() > (synchronous ? 0 : maxLost.orElse(Long.MAX_VALUE));
        boolean seen = mode == ReplicationMode.AFTER_SYNC && !rpo.seenThenLost().none();
        String limit = maxLost.isPresent() ? "; at most " + maxLost.getAsLong() : "; measured, no limit is set";
        String judged = evidence + (synchronous ? "" : limit);
        String wrong = tooMany ? "more are lost than may be" : seen ? "what a reader had seen is not there" : "";
        return Evidence.judge(name, wrong, nothingBefore(figures), judged);
    }

    private static CheckResult splitBrain(FailoverFigures figures, String name) {
        IdSet both = figures.acknowledgedByTwoPrimaries();
        if (!both.none()) {
            return CheckResult.invalid(name, "acknowledged by a server that was not the primary: " + both);
        }
        String doubt = Stream.of(
                        nothingBefore(figures), without(figures, "after", FailoverFigures.Rto::firstAfterMicros))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return doubt.isEmpty()
                ? CheckResult.valid(
                        name,
                        "after each of " + Plural.of(figures.rto().size(), "promotion")
                                + " every acknowledgement came from the new primary")
                : CheckResult.unknown(name, doubt);
    }

    private static CheckResult outcomes(FailoverFigures figures, String name) {
        FailoverFigures.Rpo rpo = figures.rpo();
        String evidence = "failed, and there all the same: " + rpo.phantom() + "; acknowledged more than once: "
                + rpo.duplicates() + "; of unknown outcome: " + rpo.unknownSurvived() + " survived, "
                + rpo.unknownVanished() + " vanished";
        boolean right = rpo.phantom().none() && rpo.duplicates().none();
        String wrong = right ? "" : "a write did not end as its client was told";
        return Evidence.judge(name, wrong, nothingBefore(figures), evidence);
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

    private static List<FailoverFigures.NodeRows> nodes(Ledger ledger, BitSet primary) {
        BitSet acknowledged = ids(ledger, Outcome.OK);
        BitSet unknown = ids(ledger, Outcome.UNKNOWN);
        return ledger.nodes().stream()
                .map(node -> {
                    BitSet rows = ledger.presentOn(node).orElseThrow();
                    BitSet extra = without(rows, primary);
                    return new FailoverFigures.NodeRows(
                            node,
                            rows.cardinality(),
                            IdSet.of(without(primary, rows)),
                            IdSet.of(extra),
                            and(extra, acknowledged).cardinality(),
                            and(extra, unknown).cardinality());
                })
                .toList();
    }

    private static BitSet ids(Ledger ledger, Outcome outcome) {
        BitSet ids = new BitSet();
        ledger.forEachWrite(write -> {
            if (write.ending().outcome() == outcome) {
                ids.set((int) write.id());
            }
        });
        return ids;
    }

    private static List<FailoverFigures.ErrorCount> errors(Ledger ledger, long startMicros) {
        Map<Long, Map<String, Long>> writes = new TreeMap<>();
        Map<Long, Map<String, Long>> reads = new TreeMap<>();
        ledger.forEachWrite(write -> count(writes, write.completeMicros() - startMicros, write.ending()));
        ledger.forEachRead(read -> count(reads, read.completeMicros() - startMicros, read.ending()));
        List<FailoverFigures.ErrorCount> counts = new ArrayList<>();
        collect(writes, "write", counts);
        collect(reads, "read", counts);
        return List.copyOf(counts);
    }

    private static void count(Map<Long, Map<String, Long>> counts, long micros, Completion ending) {
        if (!ending.isOk()) {
            counts.computeIfAbsent(micros / 1_000_000, second -> new TreeMap<>())
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
