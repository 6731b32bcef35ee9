package distributedmysql.mysql;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.ConnectionSettings.SslMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;

/**
 * How connections to a server are encrypted and whom its certificate must be signed by.
 *
 * @param mode of the framework's own connections; the load has {@code connection.ssl-mode}
 * @param trustStore Connector/J's properties that name the trust store; empty for the JVM's own
 */
public record Tls(SslMode mode, Map<String, String> trustStore) {
    /** For servers of our own on this machine. */
    public static final Tls PREFERRED = new Tls(SslMode.PREFERRED, Map.of());

    public Tls {
        trustStore = Map.copyOf(trustStore);
    }

    /**
     * As the settings say, for servers that are not ours. PEM certificates are copied into a trust store that is deleted
     * when the JVM ends: Connector/J reads no PEM.
     *
     * @param environment where the trust store's password is, usually {@link System#getenv()}
     * @throws TopologyException if {@code connection.ca-file} cannot be used
     */
    public static Tls of(ConnectionSettings settings, Map<String, String> environment) {
        if (settings.caFile().isEmpty()) {
            return new Tls(settings.sslMode(), Map.of());
        }
        Path file = settings.caFile().get();
        try {
            byte[] content = Files.readAllBytes(file);
            if (new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE")) {
                return new Tls(settings.sslMode(), trustStoreOf(content));
            }
            String password = environment.getOrDefault(settings.trustStorePasswordEnv(), "");
            KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
            return new Tls(settings.sslMode(), properties(file, store.getType(), password));
        } catch (IOException | GeneralSecurityException e) {
            throw new TopologyException("connection.ca-file = " + file
                    + ": cannot be read as PEM certificates or as a trust store with the password in the environment"
                    + " variable " + settings.trustStorePasswordEnv() + ": " + e);
        }
    }

    private static Map<String, String> trustStoreOf(byte[] pem) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        Path file = Files.createTempFile("mysql-ca", ".p12");
        file.toFile().deleteOnExit();
        try (OutputStream output = Files.newOutputStream(file)) {
            store.store(output, password.toCharArray());
        }
        return properties(file, "PKCS12", password);
    }

    private static Map<String, String> properties(Path file, String type, String password) {
        return Map.of(
                "trustCertificateKeyStoreUrl",
                file.toUri().toString(),
                "trustCertificateKeyStoreType",
                type,
                "trustCertificateKeyStorePassword",
                password,
                "fallbackToSystemTrustStore",
                "false");
    }

    /** Without the trust store's password. */
    @Override
    public String toString() {
        return mode.label();
    }
}
