package distributedmysql.backup.store;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes what an object is to hold, from its first byte to its last. If it throws, there is no such object.
 *
 * @param <X> what else it throws; {@link RuntimeException} if nothing
 */
@FunctionalInterface
public interface Content<X extends Exception> {
    /** @param out need not be closed; nothing is gained by a buffer around it */
    void writeTo(OutputStream out) throws IOException, X;
}
