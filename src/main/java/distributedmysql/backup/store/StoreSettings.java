package distributedmysql.backup.store;

import distributedmysql.config.FilePath;
import distributedmysql.config.SettingsException;
import distributedmysql.config.SettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where backups are kept, how, and for how long: {@code backup.store}, {@code backup.encryption},
 * {@code backup.compression-level} and {@code backup.retention}. At least one of directory and bucket is there. Immutable.
 *
 * @param directory where backups are made; empty if they go straight into the bucket
 * @param s3 where they are copied to, or made
 * @param key what they are encrypted with; empty if they are not
 * @param compressionLevel of zstd
 */
public record StoreSettings(
        Optional<Path> directory,
        Optional<S3Settings> s3,
        Optional<KeySource> key,
        int compressionLevel,
        Retention retention) {

    public static final String DIRECTORY = "backup.store.directory";
    static final String BUCKET = "backup.store.s3.bucket";

    private static final String KEY_FILE = "backup.encryption.key-file";
    private static final String KEY_VARIABLE = "backup.encryption.key-variable";
    private static final Duration CENTURY = Duration.ofDays(36_500);

    /** @throws SettingsException if a value is not allowed, or two do not go together */
    public static StoreSettings read(SettingsReader reader) {
        Optional<Path> directory = FilePath.optionalSetting(reader, DIRECTORY, "a directory, or empty");
        Optional<S3Settings> s3 = s3(reader);
        if (directory.isEmpty() && s3.isEmpty()) {
            throw reader.refusedTogether("backups need a directory or a bucket", DIRECTORY, BUCKET);
        }
        return new StoreSettings(
                directory,
                s3,
                key(reader),
                reader.integer("backup.compression-level", 1, 15),
                new Retention(
                        reader.duration("backup.retention.keep-for", Duration.ZERO, CENTURY),
                        reader.integer("backup.retention.keep-fulls", 1, 10_000)));
    }

    private static Optional<S3Settings> s3(SettingsReader reader) {
        String bucket = reader.text(
                BUCKET,
                "empty, or the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens",
                text -> text.matches("|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"));
        S3Settings settings = new S3Settings(
                endpoint(reader),
                reader.text(
                        "backup.store.s3.region",
                        "the name of a region, such as us-east-1",
                        text -> text.matches("[a-z0-9-]+")),
                bucket,
                reader.text(
                        "backup.store.s3.prefix",
                        "empty, or names that end with a slash, such as mysql/staging/",
                        text -> text.matches("|([A-Za-z0-9._-]+/)+")),
                reader.flag("backup.store.s3.path-style"),
                (int) reader.bytes("backup.store.s3.part-size", S3Settings.LEAST_PART_BYTES, 1L << 30));
        return bucket.isEmpty() ? Optional.empty() : Optional.of(settings);
    }

    private static Optional<URI> endpoint(SettingsReader reader) {
        String key = "backup.store.s3.endpoint";
        String text = reader.text(key, "empty, or an address", any -> true);
        if (text.contains("@")) {
            // Without the value, unlike other messages.
            throw new SettingsException(
                    key + ": must have no user and no password in it; the AWS SDK looks for credentials"
                            + " in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and in ~/.aws");
        }
        String allowed = "empty, or an address such as http://localhost:9000";
        return filled(reader.text(key, allowed, StoreSettings::isAddress)).map(URI::create);
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return text.isEmpty() || uri.getHost() != null && text.matches("https?://.*");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Optional<KeySource> key(SettingsReader reader) {
        String named = reader.text(KEY_FILE, "a file, or empty", text -> true);
        Optional<String> variable =
                filled(reader.text(KEY_VARIABLE, "empty, or the name of an environment variable", text -> true));
        // Without the value, unlike other messages: it may be the key.
        if (named.matches("[A-Za-z0-9+/]{43}=")) {
            throw new SettingsException(KEY_FILE + ": must be the name of a file, and looks like a key itself");
        }
        Optional<Path> file = FilePath.optionalSetting(reader, KEY_FILE, "a file, or empty");
        if (!variable.orElse("A").matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
            throw new SettingsException(KEY_VARIABLE
                    + ": must be empty, or the name of an environment variable: letters, digits and underscores");
        }
        if (file.isPresent() && variable.isPresent()) {
            throw reader.refusedTogether("there is one key: name a file or a variable", KEY_FILE, KEY_VARIABLE);
        }
        return file.isEmpty() && variable.isEmpty() ? Optional.empty() : Optional.of(new KeySource(file, variable));
    }

    private static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
