package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code default.conf}, and over it the named profiles one after the other: of two that set one key, the later one wins.
 * A profile has only what it changes.
 */
final class Profiles {
    private static final String DEFAULT = "default";
    private static final String SUFFIX = ".conf";
    /** A copy of the defaults sets all keys back; these are enough to see it. */
    private static final int NAMED = 5;
    /** A file is a copy of the defaults if at least this share of what it sets is as there. */
    private static final double COPIED_SHARE = 0.75;

    private final List<String> names;
    private final Path defaultsFile;
    private final List<Path> defaultsFiles = new ArrayList<>();
    private final Config defaults;
    /** What held after each included file and each profile; the last one is what holds. */
    private final List<Config> steps = new ArrayList<>();

    private Profiles(List<String> names, Path defaultsFile, List<? extends SettingsSection> sections) {
        this.names = names;
        this.defaultsFile = defaultsFile;
        List<Config> included = new ArrayList<>();
        Config all = Includes.parse(defaultsFile, List.of(defaultsFile), included);
        defaultsFiles.add(defaultsFile);
        included.forEach(file -> defaultsFiles.add(Path.of(file.origin().filename())));
        for (SettingsSection section : sections) {
            all = all.withFallback(defaultsOf(section));
        }
        this.defaults = all;
        steps.add(defaults);
    }

    /**
     * @param directory with {@code default.conf} and all profiles
     * @param given the names, separated by commas
     * @param sections may have defaults that {@code default.conf} does not have
     * @throws SettingsException if there is no such profile, one is there twice, or a file cannot be read
     */
    static Profiles read(Path directory, String given, List<? extends SettingsSection> sections) {
        Path file = directory.resolve(DEFAULT + SUFFIX);
        if (!Files.isRegularFile(file)) {
            throw new SettingsException(file + ": not found; run from the project's directory");
        }
        Profiles profiles = new Profiles(names(directory, given), file, sections);
        for (String name : profiles.names) {
            if (!name.equals(DEFAULT)) {
                profiles.add(directory.resolve(name + SUFFIX));
            }
        }
        return profiles;
    }

    private static Config defaultsOf(SettingsSection section) {
        String origin = "defaults of the experiment " + section.key();
        return ConfigFactory.parseString(
                section.defaults(), ConfigParseOptions.defaults().setOriginDescription(origin));
    }

    private void add(Path file) {
        Config before = merged();
        List<Config> included = new ArrayList<>();
        Config whole = Includes.parse(file, defaultsFiles, included);
        for (Config include : included) {
            steps.add(include.withFallback(merged()));
        }
        // An include at the end of a file overrides what the file itself has said before.
        steps.add(Includes.parseAlone(file).withFallback(merged()));
        steps.add(whole.withFallback(before));
    }

    private static List<String> names(Path directory, String given) {
        List<String> names =
                Arrays.stream(given.split(",", -1)).map(String::strip).toList();
        List<String> known = files(directory).stream()
                .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                .toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty()) {
                throw refused(given, "has an empty name; must be one of ", known, directory);
            }
            if (!known.contains(name)) {
                String meant = Spelling.near(name, known)
                        .map(near -> "did you mean " + near + "? ")
                        .orElse("");
                throw refused(given, "unknown profile " + name + "; " + meant + "must be one of ", known, directory);
            }
            if (!seen.add(name)) {
                throw new SettingsException("command line: profile = " + given + ": " + name + " is there twice");
            }
        }
        if (names.lastIndexOf(DEFAULT) > 0) {
            throw new SettingsException("command line: profile = " + given + ": " + DEFAULT
                    + " is read first, always; it can only be the first name");
        }
        return names;
    }

    private static SettingsException refused(String given, String why, Collection<String> known, Path directory) {
        return new SettingsException("command line: profile = " + given + ": " + why + String.join(", ", known)
                + " (the files in " + directory + "), or several of them, separated by commas: later ones win");
    }

    /** The names of the profiles' files, sorted. */
    static List<String> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[A-Za-z0-9_-]+\\" + SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For instance {@code external,quick}. */
    String text() {
        return String.join(",", names);
    }

    String defaultsFile() {
        return defaultsFile.toString();
    }

    Config defaults() {
        return defaults;
    }

    /** Not resolved yet. */
    Config merged() {
        return steps.get(steps.size() - 1);
    }

    /**
     * Keys that one file has set and a later one has set back to the default, where the later one looks like a copy of the
     * defaults: perhaps nobody meant that. Each line names both files.
     *
     * @param overridden keys that the command line has set anyway
     */
    List<String> warnings(Set<String> overridden) {
        Map<String, ConfigValue> usual = values(defaults);
        Map<String, ConfigValue> result = values(merged());
        Map<String, ConfigValue> lost = new TreeMap<>();
        for (Config step : steps) {
            values(step).forEach((key, value) -> {
                boolean isDefault = value.equals(usual.get(key));
                if (!isDefault && usual.containsKey(key) && usual.get(key).equals(result.get(key))) {
                    lost.put(key, value);
                }
            });
        }
        lost.keySet().removeAll(overridden);
        lost.keySet().removeIf(key -> !isCopy(result.get(key).origin().filename(), usual, result));
        List<String> warnings = new ArrayList<>();
        lost.forEach((key, value) -> warnings.add(key + " = " + shown(value) + " (" + where(value) + ") is set back to "
                + shown(result.get(key)) + ", the default, by " + where(result.get(key))));
        if (warnings.isEmpty()) {
            return warnings;
        }
        List<String> shown = new ArrayList<>(warnings.subList(0, Math.min(NAMED, warnings.size())));
        if (warnings.size() > NAMED) {
            shown.add("so are " + Plural.of(warnings.size() - NAMED, "more setting"));
        }
        shown.add("a profile has only what it changes: if that is not meant, delete those lines, or name the profile"
                + " that is to win last");
        return shown;
    }

    /** One that changes something by itself, and says beside that what happens to be the default, knows what it says. */
    private static boolean isCopy(String file, Map<String, ConfigValue> usual, Map<String, ConfigValue> result) {
        List<String> set = result.keySet().stream()
                .filter(key -> Objects.equals(result.get(key).origin().filename(), file))
                .toList();
        long same = set.stream()
                .filter(key -> result.get(key).equals(usual.get(key)))
                .count();
        return same >= COPIED_SHARE * set.size();
    }

    /** None, if the step refers to what only a later one defines. */
    private static Map<String, ConfigValue> values(Config config) {
        Map<String, ConfigValue> values = new TreeMap<>();
        try {
            config.resolve().entrySet().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        } catch (ConfigException e) {
            return Map.of();
        }
        return values;
    }

    private static String shown(ConfigValue value) {
        return String.valueOf(value.unwrapped());
    }

    private static String where(ConfigValue value) {
        return value.origin().description();
    }
}
