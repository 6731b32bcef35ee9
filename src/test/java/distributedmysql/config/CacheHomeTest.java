package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Where the embedded server is kept, for a user whom the machine knows and for one whom it does not. */
class CacheHomeTest {
    private static final String NAME = "mysql-distributed-test-framework";
    private static final int STRANGER = 54_321;

    @TempDir
    private Path directory;

    /** Prints the cache directory, or why there is none. */
    static final class Printer {
        public static void main(String[] project) {
            try {
                Settings settings = Settings.load(Path.of(project[0]), System.getProperties(), List.of(), Set.of());
                System.out.println(settings.embedded().cacheDirectory());
            } catch (SettingsException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    @DisplayName("XDG_CACHE_HOME, the home, HOME: the first that is an absolute path")
    void places() {
        assertThat(cache(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h"), "/u")).isEqualTo(Path.of("/x", NAME));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "x", "HOME", "/h"), "/u")).isEqualTo(Path.of("/u/.cache", NAME));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "", "HOME", "/h"), "?")).isEqualTo(Path.of("/h/.cache", NAME));
        assertThat(cache(Map.of("XDG_CACHE_HOME", "~/x", "HOME", "/"), "?")).isEqualTo(Path.of("/.cache", NAME));
        for (String home : List.of("", "?", "h")) {
            assertThat(cache(Map.of("XDG_CACHE_HOME", "x", "HOME", home), "?")).isEqualTo(Path.of(""));
        }
    }

    private static Path cache(Map<String, String> environment, String home) {
        return EmbeddedSettings.defaultCache(environment, home);
    }

    @Test
    @DisplayName(
            "A user whom the machine does not know has HOME, or is told what to set; nothing goes to the directory ?")
    void stranger() throws Exception {
        copyProgram();
        assertThat(asStranger(Map.of("HOME", "/h")))
                .isEqualTo(Path.of("/h/.cache", NAME).toString());
        assertThat(asStranger(Map.of("XDG_CACHE_HOME", "/x")))
                .isEqualTo(Path.of("/x", NAME).toString());
        assertThat(asStranger(Map.of("XDG_CACHE_HOME", "x", "HOME", "")))
                .isEqualTo(
                        "embedded.cache-directory: must be given, or XDG_CACHE_HOME or HOME must be an absolute path,"
                                + " because this user has no home");
        assertThat(asStranger(Map.of(), "-Dembedded.cache-directory=/c")).isEqualTo("/c");
        assertThat(asStranger(Map.of(), "-Dtopology=docker")).isEmpty();
    }

    /** Where this user's files are, nobody else may be allowed to read. */
    private void copyProgram() throws IOException {
        for (Class<?> type : List.of(Settings.class, CacheHomeTest.class)) {
            Path classes = place(type).resolve("distributedmysql/config");
            Path copy = Files.createDirectories(directory.resolve("distributedmysql/config"));
            try (Stream<Path> files = Files.list(classes)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }
        for (Class<?> type : List.of(Config.class, LevenshteinDistance.class, StringUtils.class)) {
            Files.copy(place(type), directory.resolve(type.getSimpleName() + ".jar"));
        }
        Path settings = Files.createDirectories(directory.resolve("simulations-config"));
        // The program knows no experiment.
        String defaults =
                Files.readString(Path.of("simulations-config/default.conf")).replaceAll("(?m)^include .*", "");
        Files.writeString(settings.resolve("default.conf"), defaults);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private String asStranger(Map<String, String> environment, String... options) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--reuid", "" + STRANGER, "--clear-groups", "" + java));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", directory + File.pathSeparator + directory + "/*"));
        command.addAll(List.of(Printer.class.getName(), directory.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("HOME", "XDG_CACHE_HOME"));
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new TestAbortedException("setpriv is not installed here: " + e.getMessage());
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assumeTrue(!said.startsWith("setpriv: "), () -> "only root becomes another user: " + said);
        assumeTrue(!said.contains("failed to execute"), () -> "another user may not run this Java: " + said);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
