package distributedmysql.backup.store;

/**
 * An object that is there.
 *
 * @param bytes as stored
 */
public record StoredObject(String name, long bytes) {}
