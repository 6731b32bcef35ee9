package distributedmysql.backup.store;

import java.io.InputStream;
import java.util.List;

/**
 * Objects by name, in a directory or a bucket. A name is {@code backup/object}, of letters, digits, dots, hyphens and
 * underscores. An object is there as a whole or not at all, also when the process is killed while it is written.
 * Implementations are thread-safe; a stream that they return is not. Every method, and every stream, throws a
 * {@link StoreException} that says what to look at.
 */
public interface ObjectStore extends AutoCloseable {
    /** What people call an object of that name: a path, or {@code s3://bucket/key}. */
    String where(String name);

    /** Begins an object; it appears, or replaces the one of that name, with {@link Upload#complete}. */
    Upload create(String name) throws StoreException;

    /** @throws MissingObjectException if there is none */
    InputStream open(String name) throws StoreException;

    /** Whole objects only, by name. */
    List<StoredObject> list(String prefix) throws StoreException;

    /** Does nothing where there is none. */
    void delete(String name) throws StoreException;

    /** Also what is there of objects that were never completed. */
    void deleteAll(String prefix) throws StoreException;

    /** Lets go of connections. */
    @Override
    void close();
}
