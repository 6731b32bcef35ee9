package distributedmysql.topology.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which Linux distribution this is (https://www.freedesktop.org/software/systemd/man/latest/os-release.html).
 *
 * @param families the distribution and those that it is like, nearest first, for instance {@code ubuntu, debian}
 * @param version for instance {@code 24.04}; empty if it has none
 */
record OsRelease(List<String> families, String version) {
    private static final List<Path> FILES = List.of(Path.of("/etc/os-release"), Path.of("/usr/lib/os-release"));

    static OsRelease current() throws IOException {
        for (Path file : FILES) {
            if (Files.isReadable(file)) {
                return parse(Files.readString(file));
            }
        }
        return new OsRelease(List.of(), "");
    }

    static OsRelease parse(String text) {
        List<String> families = new ArrayList<>();
        families.addAll(words(text, "ID"));
        families.addAll(words(text, "ID_LIKE"));
        return new OsRelease(
                List.copyOf(families),
                words(text, "VERSION_ID").stream().findFirst().orElse(""));
    }

    boolean isLike(String family) {
        return families.contains(family);
    }

    /** For the directory of what fits this distribution alone: a home directory may be shared by several machines. */
    String directory(String what) {
        return what + "-" + families.stream().findFirst().orElse("unknown") + version + "-"
                + System.getProperty("os.arch");
    }

    private static List<String> words(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("\"", "").replace("'", ""))
                .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream())
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
