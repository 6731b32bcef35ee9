package distributedmysql.backup.store;

/**
 * An object of a backup, as its manifest has it.
 *
 * @param name within its backup
 * @param order from 1, in which they were written and are to be restored
 * @param bytes as stored: compressed and perhaps encrypted
 * @param contentBytes what they hold
 * @param sha256 of the bytes as stored, in hexadecimal digits
 */
public record ManifestObject(String name, int order, long bytes, long contentBytes, String sha256) {
    /** @throws IllegalArgumentException if one of them is impossible */
    public ManifestObject {
        Names.requireObject(name);
        if (order < 1 || bytes < 1 || contentBytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(name + ": order, sizes or SHA-256 are impossible");
        }
    }
}
