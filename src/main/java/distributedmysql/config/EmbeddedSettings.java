package distributedmysql.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Servers that the run starts itself.
 *
 * @param replicas how many replicas follow the primary
 * @param basedir the user's own MySQL distribution; empty if one is to be fetched
 * @param cacheDirectory where the server, its template and the data of runs are kept
 * @param bufferPoolBytes InnoDB's buffer pool, per server
 * @param maxConnections the servers' {@code max_connections}
 */
public record EmbeddedSettings(
        int replicas, Optional<Path> basedir, Path cacheDirectory, long bufferPoolBytes, int maxConnections) {

    private static final String CACHE_NAME = "mysql-distributed-test-framework";

    static EmbeddedSettings read(SettingsReader reader) {
        String basedir = reader.text("embedded.basedir", "a directory", text -> true);
        String cache = reader.text("embedded.cache-directory", "a directory", text -> true);
        return new EmbeddedSettings(
                reader.integer("embedded.replicas", 1, 4),
                basedir.isEmpty() ? Optional.empty() : Optional.of(Path.of(basedir)),
                cache.isEmpty() ? defaultCache() : Path.of(cache),
                reader.bytes("embedded.buffer-pool-size", 16L << 20, 1L << 40),
                reader.integer("embedded.max-connections", 30, 100_000));
    }

    private static Path defaultCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve(CACHE_NAME);
    }
}
