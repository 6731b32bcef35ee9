package distributedmysql.backup.store;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rule of retention by another way: grows the set of what is kept until nothing changes any more. */
final class RetentionOracle {
    private RetentionOracle() {}

    static Set<String> kept(Retention retention, List<Manifest> backups, Instant now) {
        Set<String> newest = new HashSet<>();
        for (Manifest backup : backups) {
            if (backup.kind() == Kind.FULL && newer(backup, backups) < retention.keepFulls()) {
                newest.add(backup.id());
            }
        }
        grow(backups, newest, true);
        Set<String> kept = new HashSet<>(newest);
        for (Manifest backup : backups) {
            if (!backup.at().plus(retention.keepFor()).isBefore(now)) {
                kept.add(backup.id());
            }
        }
        grow(backups, kept, false);
        return kept;
    }

    private static long newer(Manifest full, List<Manifest> backups) {
        return backups.stream()
                .filter(other -> other.kind() == Kind.FULL
                        && other.origin().shard() == full.origin().shard())
                .filter(other -> other.at().isAfter(full.at())
                        || other.at().equals(full.at()) && other.id().compareTo(full.id()) > 0)
                .count();
    }

    /** @param down from parents to children; otherwise from children to parents */
    private static void grow(List<Manifest> backups, Set<String> kept, boolean down) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Manifest backup : backups) {
                Optional<Manifest> parent = backups.stream()
                        .filter(other -> backup.parent().equals(Optional.of(other.id())))
                        .findFirst();
                if (parent.isPresent()) {
                    String from = down ? parent.get().id() : backup.id();
                    String to = down ? backup.id() : parent.get().id();
                    changed |= kept.contains(from) && kept.add(to);
                }
            }
        }
    }

    static boolean isInCycle(Manifest backup, List<Manifest> backups) {
        Set<String> seen = new HashSet<>();
        Optional<Manifest> next = Optional.of(backup);
        while (next.isPresent() && seen.add(next.get().id())) {
            Optional<String> parent = next.get().parent();
            next = backups.stream()
                    .filter(other -> parent.equals(Optional.of(other.id())))
                    .findFirst();
        }
        return next.isPresent();
    }
}
