package distributedmysql.experiment.backup;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Manifest;
import distributedmysql.check.CheckResult;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<BackupStore, Set<String>> verified = new HashMap<>();
    private final List<RecoveryChecks.Fewer> fewer = new ArrayList<>();
    private final List<String> whole = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final Troubles unread = new Troubles();
    private final Troubles notCopied = new Troubles();
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

    /** Recoveries that there are not. */
    synchronized void add(RecoveryChecks.Fewer those) {
        fewer.add(those);
    }

    synchronized List<RecoveryChecks.Fewer> fewer() {
        return List.copyOf(fewer);
    }

    /**
     * A backup is whole in this store.
     *
     * @param what it is, for instance a full backup
     */
    synchronized void verified(BackupStore store, Manifest backup, String what, Took step) {
        verified.computeIfAbsent(store, first -> new HashSet<>()).add(backup.id());
        whole.add(what);
        add(backup, step);
    }

    private void add(Manifest backup, Took step) {
        manifests().forEach((place, full) -> {
            if (full.equals(backup)) {
                change(place, each -> each.with(each.stored().and(step)));
            }
        });
    }

    synchronized boolean isVerified(BackupStore store, Manifest backup) {
        return verified.getOrDefault(store, Set.of()).contains(backup.id());
    }

    synchronized void damaged(String what) {
        damaged.add(what);
    }

    synchronized void unread(String what, String why) {
        unread.add(what, why);
    }

    synchronized CheckResult stored() {
        return BackupChecks.stored(whole, damaged, unread);
    }

    /** It is where it was to be copied to. */
    synchronized void copied(Manifest backup, Took step) {
        copied.add(backup.id());
        add(backup, step);
    }

    synchronized boolean isCopied(Manifest backup) {
        return copied.contains(backup.id());
    }

    synchronized void notCopied(String which, String why) {
        notCopied.add(which, why);
    }

    synchronized CheckResult copied() {
        return BackupChecks.copied(copied.size(), notCopied);
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
