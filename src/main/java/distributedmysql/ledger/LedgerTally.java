package distributedmysql.ledger;

import distributedmysql.check.IdSet;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a ledger holds: each write by how it ended, and whether it is there. */
final class LedgerTally {
    private final Ledger ledger;
    private final BitSet acknowledged = new BitSet();
    private final BitSet duplicates = new BitSet();
    private final BitSet unknown = new BitSet();
    private final BitSet failed = new BitSet();

    LedgerTally(Ledger ledger) {
        this.ledger = ledger;
        ledger.forEachWrite(write -> {
            int id = (int) write.id();
            switch (write.ending().outcome()) {
                case OK -> (acknowledged.get(id) ? duplicates : acknowledged).set(id);
                case UNKNOWN -> unknown.set(id);
                case FAIL -> failed.set(id);
            }
        });
    }

    LedgerFigures figures(String primary, long startMicros) {
        Optional<BitSet> present = ledger.presentOn(primary);
        return new LedgerFigures(
                present.map(this::writes).orElse(null),
                present.map(this::nodes).orElse(List.of()),
                errors(startMicros));
    }

    private LedgerFigures.Writes writes(BitSet present) {
        BitSet survived = and(unknown, present);
        return new LedgerFigures.Writes(
                acknowledged.cardinality(),
                IdSet.of(without(acknowledged, present)),
                survived.cardinality(),
                unknown.cardinality() - survived.cardinality(),
                IdSet.of(duplicates),
                IdSet.of(and(failed, present)),
                IdSet.of(without(ledger.seen(), present)),
                IdSet.of(without(without(without(present, acknowledged), unknown), failed)));
    }

    private List<LedgerFigures.NodeRows> nodes(BitSet primary) {
        return ledger.nodes().stream()
                .map(node -> {
                    BitSet rows = ledger.presentOn(node).orElseThrow();
                    BitSet extra = without(rows, primary);
                    return new LedgerFigures.NodeRows(
                            node,
                            rows.cardinality(),
                            IdSet.of(without(primary, rows)),
                            IdSet.of(extra),
                            and(extra, acknowledged).cardinality(),
                            and(extra, unknown).cardinality());
                })
                .toList();
    }

    private List<LedgerFigures.ErrorCount> errors(long startMicros) {
        Map<Long, Map<String, Long>> writes = new TreeMap<>();
        Map<Long, Map<String, Long>> reads = new TreeMap<>();
        ledger.forEachWrite(write -> count(writes, write.completeMicros() - startMicros, write.ending()));
        ledger.forEachRead(read -> count(reads, read.completeMicros() - startMicros, read.ending()));
        List<LedgerFigures.ErrorCount> counts = new ArrayList<>();
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
            Map<Long, Map<String, Long>> counts, String operation, List<LedgerFigures.ErrorCount> into) {
        counts.forEach((second, errors) -> errors.forEach(
                (error, count) -> into.add(new LedgerFigures.ErrorCount(second, operation, error, count))));
    }

    static BitSet and(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both;
    }

    static BitSet without(BitSet ids, BitSet others) {
        BitSet rest = (BitSet) ids.clone();
        rest.andNot(others);
        return rest;
    }
}
