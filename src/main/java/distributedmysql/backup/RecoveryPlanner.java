package distributedmysql.backup;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Kind;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.config.Plural;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.embedded.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds what is needed to come to a target, or what of it is missing.
 *
 * <p>Why nothing is missed: a binary log says what had been executed before it. So the one that holds the target says all that must
 * have been executed in the end: that, and its own transactions up to the target. What of it is neither in the full backup nor in
 * a stored segment is the gap, by GTID; names, times and the order in the store do not matter.
 */
record RecoveryPlanner(BackupStore store, int shard, SpareServers spares, Consumer<String> progress) {
    RecoveryPlan plan(Target target) throws IOException {
        Listing listing = store.list();
        List<Manifest> segments = listing.usable().stream()
                .filter(backup ->
                        backup.kind() == Kind.INCREMENTAL && backup.origin().shard() == shard)
                .filter(backup -> backup.origin().strategy().equals(BinlogShipping.NAME))
                .toList();
        Path directory = Files.createDirectories(spares.newPath("recovery"));
        boolean planned = false;
        try {
            Optional<Base> exact = Base.exactly(listing, this, target, segments);
            RecoveryPlan plan = exact.isPresent()
                    ? new RecoveryPlan(
                            target,
                            exact.get().full(),
                            exact.get().incrementals(),
                            List.of(),
                            exact.get().gtids(),
                            directory)
                    : plan(target, listing, segments, directory);
            listing.foundWrong(plan.full().manifest())
                    .ifPresent(found -> progress.accept(
                            "warning: there is no better one than " + plan.full() + ", which was " + found));
            planned = true;
            return plan;
        } finally {
            if (!planned) {
                FileTrees.delete(directory);
            }
        }
    }

    private RecoveryPlan plan(Target target, Listing listing, List<Manifest> segments, Path directory)
            throws IOException {
        Segment last = cut(target, listing, segments, directory);
        GtidSet reached = last.contents().previous().and(last.gtids());
        Base base = Base.newestWithin(listing, this, target, reached);
        GtidSet before = reached.minus(base.gtids()).minus(last.gtids());
        List<Manifest> holding = segments.stream()
                .filter(segment ->
                        !GtidSet.parse(segment.gtids()).within(before).isEmpty())
                .toList();
        requireNoGap(target, listing, base, before, holding);
        List<Segment> ordered = new ArrayList<>(fetched(holding, reached, directory));
        ordered.add(last);
        requireOrder(base, ordered);
        progress.accept("from " + base.full() + " by " + Plural.of(ordered.size(), "binary log") + " to " + target);
        return new RecoveryPlan(target, base.full(), base.incrementals(), ordered, reached, directory);
    }

    /** The segment with the target, up to it. */
    private Segment cut(Target target, Listing listing, List<Manifest> segments, Path directory) throws IOException {
        Manifest holding = target.time().isPresent()
                ? withTime(target.time().get(), listing, segments, directory)
                : segments.stream()
                        .filter(segment -> GtidSet.parse(segment.gtids())
                                .contains(target.gtid().orElseThrow()))
                        .findFirst()
                        .orElseThrow(() -> outside(target, listing, segments));
        return Segment.fetch(new StoredBackup(store, holding), directory, CutFinder.to(target));
    }

    /** The first one that was committed to after that time; or the last one, if it was closed after it. */
    private Manifest withTime(Instant time, Listing listing, List<Manifest> segments, Path directory)
            throws IOException {
        Optional<Manifest> after =
                segments.stream().filter(segment -> segment.at().isAfter(time)).findFirst();
        if (after.isPresent()) {
            return after.get();
        }
        if (segments.isEmpty()) {
            throw new BackupException("recovery to " + time + ": no binary log is stored" + listing.notUsable());
        }
        Manifest last = segments.get(segments.size() - 1);
        Segment read = Segment.fetch(new StoredBackup(store, last), directory, CutFinder.to(Target.at(time)));
        Instant known = read.contents().closed().filter(last.at()::isBefore).orElse(last.at());
        if (known.isBefore(time)) {
            throw new BackupException("recovery to " + time + ": the stored binary logs end at " + known
                    + ", with backup " + last.id() + "; what was committed between is not stored");
        }
        return last;
    }

    private BackupException outside(Target target, Listing listing, List<Manifest> segments) {
        Gtid gtid = target.gtid().orElseThrow();
        GtidSet.Builder stored = new GtidSet.Builder();
        segments.forEach(segment -> stored.add(GtidSet.parse(segment.gtids())));
        boolean inFull =
                Base.fulls(listing, this).stream().anyMatch(base -> base.gtids().contains(gtid));
        return new BackupException("recovery to " + target + ": "
                + (inFull
                        ? "it is within the full backups, and no stored binary log tells what was committed before it"
                        : "it is in no stored backup")
                + "; the stored binary logs hold " + (segments.isEmpty() ? "nothing" : stored.build())
                + listing.notUsable());
    }

    private void requireNoGap(Target target, Listing listing, Base base, GtidSet needed, List<Manifest> holding) {
        GtidSet missing = needed;
        for (Manifest segment : holding) {
            missing = missing.minus(GtidSet.parse(segment.gtids()));
        }
        if (!missing.isEmpty()) {
            throw new BackupException("recovery to " + target + ": a gap: the transactions " + missing
                    + " are neither in " + base.full() + " nor in a stored binary log after it" + listing.notUsable());
        }
    }

    /** In their order. What of them is beyond what is reached, is cut off: another server may have been further in its file. */
    private List<Segment> fetched(List<Manifest> holding, GtidSet reached, Path directory) throws IOException {
        List<Segment> fetched = new ArrayList<>();
        for (Manifest segment : holding) {
            fetched.add(Segment.fetch(new StoredBackup(store, segment), directory, CutFinder.within(reached)));
        }
        fetched.sort(Comparator.comparingLong(
                segment -> segment.contents().previous().count()));
        return fetched;
    }

    private static void requireOrder(Base base, List<Segment> ordered) {
        GtidSet executed = base.gtids();
        for (Segment segment : ordered) {
            GtidSet missing = segment.contents().previous().minus(executed);
            if (!missing.isEmpty()) {
                throw new BackupException(segment.backup() + ": is to be applied after the transactions " + missing
                        + ", which are in no binary log before it");
            }
            executed = executed.and(segment.gtids());
        }
    }
}
