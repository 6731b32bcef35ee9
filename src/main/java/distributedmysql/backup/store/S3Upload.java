package distributedmysql.backup.store;

import distributedmysql.config.Plural;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * An object on its way into a bucket: at once if it fits one part, otherwise in parts, which become an object when they are
 * complete. The SHA-256 of each goes with it, and the store refuses what does not have it. Afterwards the store is asked for
 * the size and the SHA-256 of the object; one that does not know it is read again.
 */
final class S3Upload extends Upload {
    private static final String CONTENT = "application/octet-stream";

    private final S3Client client;
    private final S3Settings settings;
    private final S3Errors errors;
    private final String key;
    private final String where;
    private final byte[] part;
    private final List<byte[]> digests = new ArrayList<>();
    private final List<CompletedPart> parts = new ArrayList<>();
    private int filled;
    private long bytes;
    private String uploadId;
    private boolean complete;

    S3Upload(S3Client client, S3Settings settings, S3Errors errors, String key, String where) {
        this.client = client;
        this.settings = settings;
        this.errors = errors;
        this.key = key;
        this.where = where;
        this.part = new byte[settings.partBytes()];
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == part.length) {
                sendPart();
            }
            int taken = Math.min(left, part.length - filled);
            System.arraycopy(buffer, from, part, filled, taken);
            filled += taken;
            from += taken;
            left -= taken;
        }
        bytes += length;
    }

    private void sendPart() throws StoreException {
        if (parts.size() == S3Settings.MOST_PARTS) {
            throw new StoreException("cannot write " + where + ": it has more than "
                    + Plural.of(S3Settings.MOST_PARTS, "part") + "; a larger backup.store.s3.part-size is needed");
        }
        try {
            if (uploadId == null) {
                uploadId = client.createMultipartUpload(create ->
                                create.bucket(settings.bucket()).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                        .uploadId();
            }
            int number = parts.size() + 1;
            String digest = digest();
            String tag = client.uploadPart(
                            upload -> upload.bucket(settings.bucket())
                                    .key(key)
                                    .uploadId(uploadId)
                                    .partNumber(number)
                                    .checksumSHA256(digest),
                            body())
                    .eTag();
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(tag)
                    .checksumSHA256(digest)
                    .build());
        } catch (SdkException e) {
            throw errors.of("cannot write " + where, e);
        }
        filled = 0;
    }

    /** Of what is in the part; remembered. */
    private String digest() {
        MessageDigest digest = Measured.sha256();
        digest.update(part, 0, filled);
        digests.add(digest.digest());
        return base64(digests.get(digests.size() - 1));
    }

    /** Not copied; read again if a request is sent again. */
    private RequestBody body() {
        int length = filled;
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(part, 0, length), length, CONTENT);
    }

    @Override
    public void complete() throws IOException {
        try {
            if (uploadId == null) {
                String digest = digest();
                client.putObject(put -> put.bucket(settings.bucket()).key(key).checksumSHA256(digest), body());
            } else {
                sendPart();
                client.completeMultipartUpload(whole -> whole.bucket(settings.bucket())
                        .key(key)
                        .uploadId(uploadId)
                        .multipartUpload(all -> all.parts(parts)));
            }
        } catch (SdkException e) {
            throw errors.of("cannot write " + where, e);
        }
        complete = true;
        verify();
    }

    private void verify() throws IOException {
        try {
            HeadObjectResponse there = client.headObject(
                    head -> head.bucket(settings.bucket()).key(key).checksumMode(ChecksumMode.ENABLED));
            boolean same = there.contentLength() == bytes
                    && (there.checksumSHA256() == null
                            ? isReadAgain()
                            : there.checksumSHA256().equals(ofWhole()));
            if (!same) {
                client.deleteObject(delete -> delete.bucket(settings.bucket()).key(key));
                throw new StoreException(where
                        + ": what arrived there is not what was sent, and was removed; try again, or ask those who run "
                        + settings.place());
            }
        } catch (SdkException e) {
            throw errors.of("cannot verify " + where, e);
        }
    }

    /** As S3 makes it of those of the parts. */
    private String ofWhole() {
        if (uploadId == null) {
            return base64(digests.get(0));
        }
        MessageDigest whole = Measured.sha256();
        digests.forEach(whole::update);
        return base64(whole.digest()) + "-" + digests.size();
    }

    private boolean isReadAgain() throws IOException {
        try (InputStream in =
                client.getObject(get -> get.bucket(settings.bucket()).key(key))) {
            for (byte[] digest : digests) {
                int read = in.readNBytes(part, 0, part.length);
                MessageDigest again = Measured.sha256();
                again.update(part, 0, read);
                if (!Arrays.equals(again.digest(), digest)) {
                    return false;
                }
            }
            return in.read() < 0;
        } catch (IOException e) {
            throw errors.of("cannot verify " + where, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (complete || uploadId == null) {
            return;
        }
        try {
            client.abortMultipartUpload(
                    abort -> abort.bucket(settings.bucket()).key(key).uploadId(uploadId));
        } catch (SdkException e) {
            throw errors.of("cannot remove the parts of " + where, e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
