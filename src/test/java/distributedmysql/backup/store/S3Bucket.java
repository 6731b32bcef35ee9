package distributedmysql.backup.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A bucket of an S3 server of the test's own, and the credentials for it. */
final class S3Bucket implements AutoCloseable {
    static final String NAME = "backups";

    private final S3Mock server;

    private S3Bucket(S3Mock server) {
        this.server = server;
    }

    /** @param directory for the server's files */
    static S3Bucket start(Path directory) throws Exception {
        S3Credentials.set();
        return new S3Bucket(S3Mock.start(directory, NAME));
    }

    URI endpoint() {
        return server.endpoint();
    }

    S3Settings settings(String bucket, String prefix) {
        return new S3Settings(
                Optional.of(server.endpoint()), "us-east-1", bucket, prefix, true, S3Settings.LEAST_PART_BYTES);
    }

    /** A place in it without objects. */
    ObjectStore empty() {
        return S3Store.open(settings(NAME, UUID.randomUUID() + "/"));
    }

    /** Another place with the same objects. */
    ObjectStore copy(ObjectStore made) throws IOException {
        ObjectStore copy = empty();
        for (StoredObject object : made.list("")) {
            Samples.putRaw(copy, object.name(), Samples.raw(made, object.name()));
        }
        return copy;
    }

    @Override
    public void close() {
        server.close();
        S3Credentials.clear();
    }
}
