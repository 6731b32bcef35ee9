package distributedmysql.experiment.backup;

import distributedmysql.history.Ledger;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** To which numbered writes of one shard is recovered. Pure. */
final class Targets {
    private Targets() {}

    /** A write, and the transaction that it is. */
    record Target(long write, Gtid gtid) {}

    /**
     * Some of the acknowledged writes, each once, by their numbers: drawn from those that came after the first full backup and were shipped.
     *
     * @param from all that the first full backup has
     * @param shipped all that the binary logs have
     * @param count fewer if there are no more
     */
    static List<Target> choose(Ledger ledger, GtidSet from, GtidSet shipped, int count, long seed) {
        List<Target> possible = new ArrayList<>();
        ledger.forEachWrite(write -> {
            if (!write.gtid().isEmpty()) {
                Gtid gtid = Gtid.parse(write.gtid());
                if (!from.contains(gtid) && shipped.contains(gtid)) {
                    possible.add(new Target(write.id(), gtid));
                }
            }
        });
        Collections.shuffle(possible, new Random(seed));
        return possible.stream()
                .limit(count)
                .sorted(Comparator.comparingLong(Target::write))
                .toList();
    }

    /**
     * What a server has executed that was recovered to a transaction: what the full backup has, and, of what the source has executed, all of the same
     * origin up to that number. Of a group this does not hold: a higher number may come first in the binary log.
     *
     * @param executed by the source
     */
    static GtidSet upTo(Gtid target, GtidSet full, GtidSet executed) {
        GtidSet earlier =
                new GtidSet.Builder().add(target.source(), 1, target.number()).build();
        return full.and(executed.within(earlier));
    }
}
