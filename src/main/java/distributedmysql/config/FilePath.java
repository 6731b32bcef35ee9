package distributedmysql.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths that somebody else has written. Not every text is one: names of files are bytes, which the JVM makes in the encoding of its
 * locale, and in the locale C there is no letter with an accent.
 */
public final class FilePath {
    private FilePath() {}

    /**
     * @param what where it was written, such as {@code --to-directory}
     * @throws SettingsException if it is none; names both, and says what to do
     */
    public static Path of(String what, String text) {
        return possible(text).orElseThrow(() -> new SettingsException(what + " = " + text + ": " + why(text)));
    }

    /** A setting, which must not be empty. */
    static Path setting(SettingsReader reader, String key, String allowed) {
        return written(reader, key, reader.text(key, allowed, value -> !value.isBlank()));
    }

    /** A setting; empty where its text is. */
    public static Optional<Path> optionalSetting(SettingsReader reader, String key, String allowed) {
        String text = reader.text(key, allowed, value -> true);
        return text.isBlank() ? Optional.empty() : Optional.of(written(reader, key, text));
    }

    private static Path written(SettingsReader reader, String key, String text) {
        return possible(text).orElseThrow(() -> reader.refused(key, why(text)));
    }

    /** Empty where it is none, so that there can be no such file. */
    public static Optional<Path> possible(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Of a text that is none. */
    public static String why(String text) {
        return text.indexOf('\0') >= 0
                ? "must be a path, and has a NUL character in it"
                : "must be a path that this JVM can write, which has names of files in the encoding "
                        + System.getProperty("sun.jnu.encoding")
                        + " of its locale; set a locale with UTF-8, such as LC_ALL=C.UTF-8, or name a path without such letters";
    }
}
