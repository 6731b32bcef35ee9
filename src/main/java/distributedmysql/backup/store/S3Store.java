package distributedmysql.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Objects in a bucket of an S3-compatible store. Larger ones are uploaded in parts, one after the other, with one part in
 * memory. What arrived is compared with what was sent before an object is complete. Thread-safe.
 */
final class S3Store implements ObjectStore {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    /** For each request with which it is only found out whether the store is there, whatever is tried again. */
    private static final Duration PROBE = Duration.ofSeconds(10);

    private final S3Client client;
    private final S3Settings settings;
    private final S3Errors errors;

    private S3Store(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
        this.errors = new S3Errors(settings);
    }

    /** Nothing is asked of the store yet. */
    static S3Store open(S3Settings settings) {
        return new S3Store(client(settings, SILENCE).build(), settings);
    }

    /** One that gives up soon. */
    static S3Store forProbe(S3Settings settings) {
        return new S3Store(
                client(settings, PROBE)
                        .overrideConfiguration(limits -> limits.apiCallTimeout(PROBE))
                        .build(),
                settings);
    }

    /** @param silence without a byte from the store */
    private static S3ClientBuilder client(S3Settings settings, Duration silence) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(silence))
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                // Older stores know neither checksums after the body nor bodies in signed chunks; ours go in headers.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    @Override
    public String where(String name) {
        return "s3://" + settings.bucket() + "/" + settings.prefix() + name;
    }

    @Override
    public Upload create(String name) {
        return new S3Upload(client, settings, errors, settings.prefix() + name, where(name));
    }

    @Override
    public InputStream open(String name) throws StoreException {
        try {
            return new Reading(
                    client.getObject(get -> get.bucket(settings.bucket()).key(settings.prefix() + name)), where(name));
        } catch (NoSuchKeyException e) {
            throw new MissingObjectException(where(name));
        } catch (SdkException e) {
            throw errors.of("cannot read " + where(name), e);
        }
    }

    @Override
    public List<StoredObject> list(String prefix) throws StoreException {
        try {
            return client
                    .listObjectsV2Paginator(
                            list -> list.bucket(settings.bucket()).prefix(settings.prefix() + prefix))
                    .contents()
                    .stream()
                    .map(object -> new StoredObject(
                            object.key().substring(settings.prefix().length()), object.size()))
                    .toList();
        } catch (SdkException e) {
            throw errors.of("cannot list " + where(prefix), e);
        }
    }

    @Override
    public void delete(String name) throws StoreException {
        try {
            client.deleteObject(delete -> delete.bucket(settings.bucket()).key(settings.prefix() + name));
        } catch (SdkException e) {
            throw errors.of("cannot remove " + where(name), e);
        }
    }

    @Override
    public void deleteAll(String prefix) throws StoreException {
        // One by one: several at once is what some stores do not know.
        for (StoredObject object : list(prefix)) {
            delete(object.name());
        }
        String all = settings.prefix() + prefix;
        try {
            client.listMultipartUploadsPaginator(
                            list -> list.bucket(settings.bucket()).prefix(all))
                    .uploads()
                    .forEach(upload -> client.abortMultipartUpload(abort ->
                            abort.bucket(settings.bucket()).key(upload.key()).uploadId(upload.uploadId())));
        } catch (SdkException e) {
            throw errors.of("cannot remove unfinished uploads of " + where(prefix), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** Tells a store that cannot be read from contents that are wrong. */
    private final class Reading extends BufferReads {
        private final ResponseInputStream<GetObjectResponse> response;
        private final String where;
        private boolean ended;

        Reading(ResponseInputStream<GetObjectResponse> response, String where) {
            super(response);
            this.response = response;
            this.where = where;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int read = in.read(buffer, offset, length);
                ended |= read < 0;
                return read;
            } catch (IOException | SdkException e) {
                throw errors.of("cannot read " + where, e);
            }
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                in.close();
            } else {
                // Otherwise the rest of it is read, which may be long.
                response.abort();
            }
        }
    }
}
