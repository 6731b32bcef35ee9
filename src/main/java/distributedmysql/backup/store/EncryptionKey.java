package distributedmysql.backup.store;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Hkdf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What backups are encrypted with: 32 bytes. Objects by Tink's streaming AEAD (AES256-GCM-HKDF, segments of 16 KiB, a key of
 * its own for each object), manifests by HMAC-SHA256 with a key derived from it. Nothing prints it. Immutable and thread-safe.
 */
public final class EncryptionKey {
    static final int BYTES = 32;

    private static final String HKDF = "HmacSha256";
    /**
     * A segment is one call of the JVM's cipher, which is compiled only after many calls. With segments of 1 MiB the first GiB took
     * four times the processor time of this.
     */
    private static final int SEGMENT_BYTES = 16 * 1024;

    private final StreamingAead aead;
    private final SecretKeySpec ofManifests;
    private final String id;

    EncryptionKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        try {
            this.aead = new AesGcmHkdfStreaming(key, HKDF, BYTES, SEGMENT_BYTES, 0);
            this.ofManifests = new SecretKeySpec(derived(key, "manifests of backups", BYTES), "HmacSHA256");
            this.id = HexFormat.of().formatHex(derived(key, "id of the key of backups", 8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM or HMAC-SHA256 is not there", e);
        }
    }

    /** Tells one key from another, and nothing of the key: 16 hexadecimal digits, derived by HKDF. */
    public String id() {
        return id;
    }

    /** @param object what it belongs to; what is encrypted as one object does not decrypt as another */
    OutputStream encrypting(OutputStream out, String object) throws IOException {
        try {
            return aead.newEncryptingStream(out, object.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Its stream throws an IOException where what it reads was not written so by {@link #encrypting}. */
    InputStream decrypting(InputStream in, String object) throws IOException {
        try {
            return aead.newDecryptingStream(in, object.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** In hexadecimal digits; nobody without the key can make it. */
    String seal(byte[] contents) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(ofManifests);
            return HexFormat.of().formatHex(mac.doFinal(contents));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is not there", e);
        }
    }

    private static byte[] derived(byte[] key, String purpose, int bytes) throws GeneralSecurityException {
        return Hkdf.computeHkdf(HKDF, key, new byte[0], purpose.getBytes(StandardCharsets.UTF_8), bytes);
    }

    @Override
    public String toString() {
        return "key " + id;
    }
}
