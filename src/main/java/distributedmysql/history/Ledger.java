package distributedmysql.history;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What clients know of uniquely numbered writes: how each ended, which of them readers saw, and which were there in the
 * end. Thread-safe. A million writes take 28 MB, the sets of ids an eighth of a byte per id.
 */
public final class Ledger {
    /** @param source what the GTID has before its number: whose transaction it is, and its tag; empty if there is no GTID */
    private record WriteEnding(Completion ending, String server, String source) {}

    private record ReadEnding(Completion ending, String node) {}

    private final LedgerTimes<WriteEnding> writes = new LedgerTimes<>();
    private final LedgerTimes<ReadEnding> reads = new LedgerTimes<>();
    private final BitSet seen = new BitSet();
    private final Map<String, BitSet> present = new TreeMap<>();

    public synchronized void write(LedgerWrite write) {
        String gtid = write.gtid();
        int number = gtid.lastIndexOf(':') + 1;
        writes.add(
                write.id(),
                write.invokeMicros(),
                write.completeMicros(),
                new WriteEnding(write.ending(), write.server(), gtid.substring(0, number)),
                gtid.isEmpty() ? 0 : Long.parseLong(gtid.substring(number)));
    }

    /** @param ids what the read returned; nothing if it failed */
    public synchronized void read(LedgerRead read, BitSet ids) {
        reads.add(0, read.invokeMicros(), read.completeMicros(), new ReadEnding(read.ending(), read.node()), 0);
        seen.or(ids);
    }

    /** All ids that a node holds when everything is over; a later call for the same node replaces an earlier one. */
    public synchronized void present(String node, BitSet ids) {
        present.put(node, (BitSet) ids.clone());
    }

    /** In the order in which they were recorded, which is about that of completion. */
    public synchronized void forEachWrite(Consumer<LedgerWrite> consumer) {
        for (int i = 0; i < writes.size(); i++) {
            WriteEnding ending = writes.ending(i);
            consumer.accept(new LedgerWrite(
                    writes.id(i),
                    writes.invoked(i),
                    writes.completed(i),
                    ending.ending,
                    ending.server,
                    ending.source.isEmpty() ? "" : ending.source + writes.transaction(i)));
        }
    }

    /** In the order in which they were recorded. */
    public synchronized void forEachRead(Consumer<LedgerRead> consumer) {
        for (int i = 0; i < reads.size(); i++) {
            ReadEnding ending = reads.ending(i);
            consumer.accept(new LedgerRead(ending.node, reads.invoked(i), reads.completed(i), ending.ending));
        }
    }

    /** Every id that some reader saw on some node. */
    public synchronized BitSet seen() {
        return (BitSet) seen.clone();
    }

    /** The nodes whose final sets were recorded. */
    public synchronized Set<String> nodes() {
        return new TreeSet<>(present.keySet());
    }

    /** Empty if the node's final set was not recorded. */
    public synchronized Optional<BitSet> presentOn(String node) {
        return Optional.ofNullable(present.get(node)).map(ids -> (BitSet) ids.clone());
    }
}
