package distributedmysql.backup.store;

import java.util.List;

/** What backups and their objects are called in a store. */
final class Names {
    static final String MANIFEST = "manifest.jsonl";
    static final String LEASE = "lease.json";
    static final String JUDGEMENT = "judgement.json";

    private static final String ALLOWED = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";

    /** As {@link BackupStore#begin} names backups. */
    private static final String BACKUP = "\\d{8}T\\d{6}-(full|incremental)-[0-9a-f]{8}";

    private Names() {}

    /** Whether it is named as backups are: what is named otherwise and has no manifest is somebody else's, and is let alone. */
    static boolean isBackup(String id) {
        return id.matches(BACKUP);
    }

    static String of(String backup, String object) {
        return backup + "/" + object;
    }

    /** @throws IllegalArgumentException if it is ours, or could be a path */
    static void requireObject(String name) {
        List<String> ours = List.of(MANIFEST, LEASE, JUDGEMENT);
        if (!name.matches(ALLOWED) || ours.contains(name)) {
            throw new IllegalArgumentException("an object cannot be called " + name
                    + ": allowed are letters, digits, dots, hyphens and underscores, and none of " + ours);
        }
    }

    /** @throws IllegalArgumentException if it could be a path */
    static void requireBackup(String id) {
        if (!id.matches(ALLOWED)) {
            throw new IllegalArgumentException("a backup cannot be called " + id);
        }
    }
}
