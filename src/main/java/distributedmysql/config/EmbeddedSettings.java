package distributedmysql.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Servers that the run starts itself.
 *
 * @param layout how many there are
 * @param basedir the user's own MySQL distribution; empty if one is to be fetched
 * @param cacheDirectory where the server, its template and the data of runs are kept; empty if none is given and the user has
 *     no home, which only other topologies may have
 * @param bufferPoolBytes InnoDB's buffer pool, per server
 * @param maxConnections the servers' {@code max_connections}
 * @param router what stands in front of them
 */
public record EmbeddedSettings(
        LayoutSettings layout,
        Optional<Path> basedir,
        Path cacheDirectory,
        long bufferPoolBytes,
        int maxConnections,
        RouterSettings router) {

    private static final String CACHE_NAME = "mysql-distributed-test-framework";

    static EmbeddedSettings read(SettingsReader reader) {
        RouterSettings router = RouterSettings.read(reader, "embedded.router");
        return new EmbeddedSettings(
                LayoutSettings.read(reader, TopologyKind.EMBEDDED, router),
                FilePath.optionalSetting(reader, "embedded.basedir", "a directory"),
                FilePath.optionalSetting(reader, "embedded.cache-directory", "a directory")
                        .orElseGet(() -> defaultCache(System.getenv(), System.getProperty("user.home"))),
                reader.bytes("embedded.buffer-pool-size", 16L << 20, 1L << 40),
                reader.integer("embedded.max-connections", 30, 100_000),
                router);
    }

    /** Whether there is a place for it. */
    public boolean hasCacheDirectory() {
        return !cacheDirectory.toString().isEmpty();
    }

    /**
     * Where the XDG Base Directory Specification puts it, which ignores a path that is relative.
     *
     * @param home the property {@code user.home}: "?" for a user whom the machine does not know, as in a container that is
     *     run with a user id of one's own
     */
    static Path defaultCache(Map<String, String> environment, String home) {
        Stream<Path> places = Stream.of(environment.get("XDG_CACHE_HOME"), below(home), below(environment.get("HOME")))
                .filter(Objects::nonNull)
                .map(place -> FilePath.of("the directory of caches (XDG_CACHE_HOME, or .cache at home)", place));
        return places.filter(Path::isAbsolute)
                .findFirst()
                .map(place -> place.resolve(CACHE_NAME))
                .orElse(Path.of(""));
    }

    private static String below(String home) {
        return home == null || home.isEmpty() ? null : home + "/.cache";
    }
}
