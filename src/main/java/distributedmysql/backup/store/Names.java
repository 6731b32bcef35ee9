package distributedmysql.backup.store;

/** What backups and their objects are called in a store. */
final class Names {
    static final String MANIFEST = "manifest.jsonl";
    static final String LEASE = "lease.json";

    private static final String ALLOWED = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";

    private Names() {}

    static String of(String backup, String object) {
        return backup + "/" + object;
    }

    /** @throws IllegalArgumentException if it is ours, or could be a path */
    static void requireObject(String name) {
        if (!name.matches(ALLOWED) || name.equals(MANIFEST) || name.equals(LEASE)) {
            throw new IllegalArgumentException("an object cannot be called " + name
                    + ": allowed are letters, digits, dots, hyphens and underscores, and neither " + MANIFEST + " nor "
                    + LEASE);
        }
    }

    /** @throws IllegalArgumentException if it could be a path */
    static void requireBackup(String id) {
        if (!id.matches(ALLOWED)) {
            throw new IllegalArgumentException("a backup cannot be called " + id);
        }
    }
}
