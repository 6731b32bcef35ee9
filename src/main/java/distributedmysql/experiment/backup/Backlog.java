package distributedmysql.experiment.backup;

import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes that had arrived and waited, because a JVM and servers that have just been started are slow. Pure. */
final class Backlog {
    private Backlog() {}

    private record Change(long micros, int underWay) {}

    /**
     * When it was gone.
     *
     * @param fromMicros not before this, on the run's clock
     * @param connections of the writes: while no more than so many are under way, none waits for one
     * @return far in the future if it was never gone
     */
    static long goneMicros(List<Ledger> ledgers, long fromMicros, int connections) {
        return ledgers.stream()
                .mapToLong(ledger -> goneMicros(ledger, fromMicros, connections))
                .max()
                .orElse(fromMicros);
    }

    private static long goneMicros(Ledger ledger, long fromMicros, int connections) {
        List<Change> changes = new ArrayList<>();
        ledger.forEachWrite(write -> add(write, changes));
        changes.sort(Comparator.comparingLong(Change::micros));
        int underWay = 0;
        int next = 0;
        for (; next < changes.size() && changes.get(next).micros <= fromMicros; next++) {
            underWay += changes.get(next).underWay;
        }
        long gone = fromMicros;
        for (; next < changes.size() && underWay > connections; next++) {
            underWay += changes.get(next).underWay;
            gone = changes.get(next).micros;
        }
        return underWay > connections ? Long.MAX_VALUE : gone;
    }

    private static void add(LedgerWrite write, List<Change> changes) {
        changes.add(new Change(write.invokeMicros(), 1));
        changes.add(new Change(write.completeMicros(), -1));
    }
}
