package distributedmysql.backup;

import distributedmysql.backup.store.Kind;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a recovery begins with: a full backup, and incremental ones of the user's own command that belong to it.
 *
 * @param at of the last of them
 * @param gtids of all
 */
record Base(StoredBackup full, List<StoredBackup> incrementals, Instant at, GtidSet gtids) {

    /** All that there are, the newest first, but those that were found wrong last. */
    static List<Base> fulls(Listing listing, RecoveryPlanner planner) {
        List<Base> bases = new ArrayList<>();
        for (Manifest full : listing.usable()) {
            if (full.kind() == Kind.FULL && full.origin().shard() == planner.shard()) {
                StoredBackup backup = new StoredBackup(planner.store(), full);
                Base base = new Base(backup, List.of(), full.at(), backup.gtids());
                bases.add(0, base);
                for (Optional<Base> next = base.next(listing);
                        next.isPresent();
                        next = next.get().next(listing)) {
                    bases.add(0, next.get());
                }
            }
        }
        bases.sort(Comparator.comparing(
                base -> listing.foundWrong(base.full.manifest()).isPresent()));
        return bases;
    }

    private Optional<Base> next(Listing listing) {
        String last = incrementals.isEmpty()
                ? full.manifest().id()
                : incrementals.get(incrementals.size() - 1).manifest().id();
        return listing.usable().stream()
                .filter(backup -> backup.parent().equals(Optional.of(last)))
                .filter(backup -> backup.origin().strategy().equals(HookBackup.NAME))
                .findFirst()
                .map(this::with);
    }

    private Base with(Manifest incremental) {
        StoredBackup backup = new StoredBackup(full.store(), incremental);
        List<StoredBackup> all = new ArrayList<>(incrementals);
        all.add(backup);
        return new Base(full, List.copyOf(all), incremental.at(), gtids.and(backup.gtids()));
    }

    /** The newest one that holds nothing else than the set, and nothing that was committed after the target's time. */
    static Base newestWithin(Listing listing, RecoveryPlanner planner, Target target, GtidSet set) {
        List<Base> all = fulls(listing, planner);
        return all.stream()
                .filter(base -> set.contains(base.gtids))
                .filter(base -> target.time().filter(base.at::isAfter).isEmpty())
                .findFirst()
                .orElseThrow(() -> new BackupException("recovery to " + target + ": "
                        + all.stream()
                                .min(Comparator.comparing(Base::at))
                                .map(oldest -> "there is no full backup before it; the oldest is " + oldest.full
                                        + " of " + oldest.at)
                                .orElseGet(() -> "there is no full backup" + listing.notUsable())));
    }

    /**
     * One that ends with the target itself, where no binary log is needed, and perhaps none is stored: all that it holds is of one server,
     * and the target is the last of it.
     */
    static Optional<Base> exactly(Listing listing, RecoveryPlanner planner, Target target, List<Manifest> segments) {
        if (target.gtid().isEmpty() || !target.included()) {
            return Optional.empty();
        }
        Gtid gtid = target.gtid().get();
        boolean inSegment =
                segments.stream().anyMatch(each -> GtidSet.parse(each.gtids()).contains(gtid));
        GtidSet upTo =
                new GtidSet.Builder().add(gtid.source(), 1, gtid.number()).build();
        return inSegment
                ? Optional.empty()
                : fulls(listing, planner).stream()
                        .filter(base -> base.gtids.equals(upTo))
                        .findFirst();
    }
}
