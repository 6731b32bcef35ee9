package distributedmysql.backup.store;

import java.util.List;

/**
 * What retention keeps and removes, and why; nothing is removed by making one.
 *
 * @param kept oldest first
 * @param removed in the order in which they are to be removed: none before what is built on it
 */
public record RetentionPlan(List<Decision> kept, List<Decision> removed) {
    public RetentionPlan {
        kept = List.copyOf(kept);
        removed = List.copyOf(removed);
    }

    /**
     * On one backup.
     *
     * @param why half a sentence, such as {@code among the 2 newest full backups}
     */
    public record Decision(Manifest backup, String why) {}

    /** As {@link BackupStore#remove} takes them. */
    public List<Manifest> toRemove() {
        return removed.stream().map(Decision::backup).toList();
    }
}
