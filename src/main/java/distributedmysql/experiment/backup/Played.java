package distributedmysql.experiment.backup;

import distributedmysql.backup.store.Manifest;
import distributedmysql.check.CheckResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What was done so far, and how it ended; nothing of it is judged here. Thread-safe. */
final class Played {
    private final List<FullFigures> fulls = new ArrayList<>();
    private final List<Optional<Manifest>> manifests = new ArrayList<>();
    private final List<Manifest> incrementals = new ArrayList<>();
    private final List<RecoveredTo> recoveries = new ArrayList<>();
    private final List<Span> phases = new ArrayList<>();
    private final List<String> verified = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final List<String> notCopied = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final Set<String> copied = new HashSet<>();
    private String problem;

    /** @param manifest null if it was not made */
    synchronized void add(FullFigures full, Manifest manifest) {
        fulls.add(full);
        manifests.add(Optional.ofNullable(manifest));
    }

    /** The full backups, by their place among {@link #fulls()}; those that were not made are not there. */
    synchronized Map<Integer, Manifest> manifests() {
        Map<Integer, Manifest> made = new TreeMap<>();
        for (int i = 0; i < manifests.size(); i++) {
            int place = i;
            manifests.get(i).ifPresent(manifest -> made.put(place, manifest));
        }
        return made;
    }

    /** An incremental backup that was made by the user's own command. */
    synchronized void add(Manifest incremental) {
        incrementals.add(incremental);
    }

    synchronized List<Manifest> incrementals() {
        return List.copyOf(incrementals);
    }

    synchronized void change(int place, UnaryOperator<FullFigures> change) {
        fulls.set(place, change.apply(fulls.get(place)));
    }

    synchronized List<FullFigures> fulls() {
        return List.copyOf(fulls);
    }

    synchronized List<FullFigures> fulls(String strategy) {
        return fulls.stream().filter(full -> full.strategy().equals(strategy)).toList();
    }

    synchronized void add(RecoveredTo recovery) {
        recoveries.add(recovery);
    }

    synchronized List<RecoveredTo> recoveries() {
        return List.copyOf(recoveries);
    }

    synchronized void add(Span phase) {
        phases.add(phase);
    }

    synchronized List<Span> phases() {
        return List.copyOf(phases);
    }

    /** A backup is whole. */
    synchronized void verified(Manifest backup, Took step) {
        verified.add(backup.id());
        add(backup, step);
    }

    private void add(Manifest backup, Took step) {
        manifests().forEach((place, full) -> {
            if (full.equals(backup)) {
                change(place, each -> each.with(each.stored().and(step)));
            }
        });
    }

    synchronized void damaged(String what) {
        damaged.add(what);
    }

    synchronized void unread(String why) {
        unread.add(why);
    }

    synchronized CheckResult stored() {
        return BackupChecks.stored(List.copyOf(verified), List.copyOf(damaged), List.copyOf(unread));
    }

    /** It is where it was to be copied to. */
    synchronized void copied(Manifest backup, Took step) {
        copied.add(backup.id());
        add(backup, step);
    }

    synchronized boolean isCopied(Manifest backup) {
        return copied.contains(backup.id());
    }

    synchronized void notCopied(String why) {
        notCopied.add(why);
    }

    synchronized CheckResult copied() {
        return BackupChecks.copied(copied.size(), List.copyOf(notCopied));
    }

    synchronized void removed(String what) {
        removed.add(what);
    }

    synchronized List<String> removed() {
        return List.copyOf(removed);
    }

    /** Something that nothing can go on without; the first of them counts. */
    synchronized void failed(String why) {
        if (problem == null) {
            problem = why;
        }
    }

    synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
