package distributedmysql.backup.store;

import distributedmysql.backup.store.RetentionPlan.Decision;
import distributedmysql.config.Durations;
import distributedmysql.config.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which backups are kept: those that are not older than a time; of each shard the newest full ones, whatever their age, with
 * all that is built on them, where one that was found wrong counts only if there are too few others; and whatever one of these needs to be restored, which is its parent, its parent's parent, and
 * so on. All others are removed. A backup from the future (a clock that was set back) is not older than anything.
 *
 * @param keepFor after the moment of a backup's position
 * @param keepFulls of each shard, at least 1
 */
public record Retention(Duration keepFor, int keepFulls) {
    /** @throws IllegalArgumentException if not even the newest full backup would be kept */
    public Retention {
        if (keepFulls < 1 || keepFor.isNegative()) {
            throw new IllegalArgumentException("at least one full backup is kept, and no time is negative");
        }
    }

    public RetentionPlan plan(Listing listing, Instant now) {
        List<Manifest> backups = listing.usable();
        Map<String, Manifest> byId = new HashMap<>();
        backups.forEach(backup -> byId.put(backup.id(), backup));
        Set<Manifest> newest = newestFulls(listing);
        Map<String, String> why = new HashMap<>();
        for (Manifest backup : backups) {
            Collection<Manifest> line = line(backup, byId);
            reason(backup, line, newest, now).ifPresent(reason -> {
                why.put(backup.id(), reason);
                line.forEach(needed -> why.putIfAbsent(needed.id(), "needed by " + backup.id()));
            });
        }
        List<Manifest> sorted = backups.stream().sorted(Listing.BY_TIME).toList();
        return new RetentionPlan(
                sorted.stream()
                        .filter(backup -> why.containsKey(backup.id()))
                        .map(backup -> new Decision(backup, why.get(backup.id())))
                        .toList(),
                sorted.stream()
                        .filter(backup -> !why.containsKey(backup.id()))
                        .sorted(Comparator.comparing(
                                        (Manifest backup) -> line(backup, byId).size())
                                .reversed())
                        .map(backup -> new Decision(
                                backup,
                                removedWhy()
                                        + listing.foundWrong(backup)
                                                .map(found -> "; " + found)
                                                .orElse("")))
                        .toList());
    }

    /** Those of each shard that are kept whatever their age. */
    public Set<Manifest> newestFulls(Listing listing) {
        Comparator<Manifest> rightFirst =
                Comparator.comparing(backup -> listing.foundWrong(backup).isPresent());
        Map<Integer, List<Manifest>> ofShards = listing.usable().stream()
                .filter(backup -> backup.kind() == Kind.FULL)
                .sorted(rightFirst.thenComparing(Listing.BY_TIME.reversed()))
                .collect(Collectors.groupingBy(backup -> backup.origin().shard()));
        return ofShards.values().stream()
                .flatMap(fulls -> fulls.stream().limit(keepFulls))
                .collect(Collectors.toSet());
    }

    /** The backup, its parent, and so on, as far as they are there; each once, even if a chain comes back to itself. */
    private static Collection<Manifest> line(Manifest backup, Map<String, Manifest> byId) {
        Set<Manifest> line = new LinkedHashSet<>();
        Manifest next = backup;
        while (next != null && line.add(next)) {
            next = next.parent().map(byId::get).orElse(null);
        }
        return line;
    }

    /** Why it is kept for its own sake. */
    private Optional<String> reason(Manifest backup, Collection<Manifest> line, Set<Manifest> newest, Instant now) {
        if (Duration.between(backup.at(), now).compareTo(keepFor) <= 0) {
            return Optional.of("not older than " + Durations.text(keepFor));
        }
        if (newest.contains(backup)) {
            return Optional.of("among the newest " + Plural.of(keepFulls, "full backup"));
        }
        return line.stream().filter(newest::contains).findFirst().map(full -> "built on " + full.id());
    }

    private String removedWhy() {
        return "older than " + Durations.text(keepFor) + ", not among the newest " + Plural.of(keepFulls, "full backup")
                + " or built on one, and needed by none that is kept";
    }
}
