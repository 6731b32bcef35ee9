package distributedmysql.experiment.backup.command;

import distributedmysql.backup.HookBackup;
import distributedmysql.backup.store.Chain;
import distributedmysql.backup.store.GapException;
import distributedmysql.backup.store.Kind;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.GtidSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is missing between the binary logs of one shard, or between them and the full backups. Pure.
 *
 * <p>A binary log says what had been executed before it. Whatever of that is neither in a full backup, to which the binary log can be
 * applied, nor in another binary log, is missing. Binary logs that are gone after the last one, or between the last one of a full backup and the
 * next full backup, leave no trace.
 */
final class Gaps {
    /**
     * A binary log that was read whole.
     *
     * @param previous all that had been executed before it
     */
    record Log(Manifest backup, GtidSet previous) {
        private GtidSet gtids() {
            return GtidSet.parse(backup.gtids());
        }
    }

    /** What binary logs can be applied to. */
    private record Base(Manifest last, GtidSet gtids) {}

    private Gaps() {}

    /** @return a text for each, which names what is missing, and before which binary log */
    static List<String> of(Listing listing, List<Log> logs) {
        List<Log> ordered = logs.stream()
                .sorted(Comparator.comparingLong(log -> log.previous().count()))
                .toList();
        GtidSet.Builder all = new GtidSet.Builder();
        ordered.forEach(log -> all.add(log.gtids()));
        GtidSet shipped = all.build();
        List<Base> bases = bases(listing);
        List<String> gaps = new ArrayList<>();
        GtidSet told = GtidSet.EMPTY;
        for (Log log : ordered) {
            Optional<Base> base = newest(bases, log.previous())
                    .or(() -> newest(bases, log.previous().and(log.gtids())));
            if (base.isEmpty()) {
                gaps.add("backup " + log.backup().id() + ": there is no full backup that it could be applied to"
                        + log.backup()
                                .parent()
                                .filter(parent -> listing.find(parent).isEmpty())
                                .map(parent -> "; it follows " + parent + ", which is not there or not usable")
                                .orElse(""));
                continue;
            }
            GtidSet missing = log.previous().minus(base.get().gtids()).minus(shipped);
            if (!told.contains(missing)) {
                gaps.add("a gap before backup " + log.backup().id() + ": the transactions " + missing.minus(told)
                        + " are neither in backup " + base.get().last().id()
                        + " nor in a binary log after it");
                told = told.and(missing);
            }
        }
        return gaps;
    }

    private static Optional<Base> newest(List<Base> bases, GtidSet within) {
        return bases.stream()
                .filter(base -> within.contains(base.gtids()))
                .max(Comparator.comparing(base -> base.last().at()));
    }

    /** Full backups, and those with incremental ones of the user's own command after them. */
    private static List<Base> bases(Listing listing) {
        List<Base> bases = new ArrayList<>();
        for (Manifest backup : listing.usable()) {
            if (isBase(backup)) {
                try {
                    Chain chain = listing.chainTo(backup.id());
                    GtidSet.Builder gtids = new GtidSet.Builder();
                    chain.all().forEach(each -> gtids.add(GtidSet.parse(each.gtids())));
                    bases.add(new Base(backup, gtids.build()));
                } catch (GapException e) {
                    // Nothing can be applied to it; that it is not whole is told where it is restored.
                }
            }
        }
        return bases;
    }

    /** Whether a server can be made of it, with what it follows. */
    static boolean isBase(Manifest backup) {
        return backup.kind() == Kind.FULL || backup.origin().strategy().equals(HookBackup.NAME);
    }
}
