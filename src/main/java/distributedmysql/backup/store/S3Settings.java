package distributedmysql.backup.store;

import java.net.URI;
import java.util.Optional;

/**
 * A bucket of an S3-compatible store. Who may use it is nowhere here: the SDK looks for credentials where it always does.
 *
 * @param endpoint of a store that is not AWS's own; empty for that
 * @param prefix before all names; empty, or with a slash at its end
 * @param pathStyle whether the bucket is in the path of addresses, and not in the host's name
 * @param partBytes how large the parts of an upload are, and how much memory it holds; there can be 10,000 of an object
 */
public record S3Settings(
        Optional<URI> endpoint, String region, String bucket, String prefix, boolean pathStyle, int partBytes) {
    /** S3's own limits: no part but the last is smaller. */
    static final int LEAST_PART_BYTES = 5 << 20;

    static final int MOST_PARTS = 10_000;

    String place() {
        return endpoint.map(URI::toString).orElse("AWS in " + region);
    }
}
