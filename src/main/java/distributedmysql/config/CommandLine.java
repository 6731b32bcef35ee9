package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code -Dkey=value} says of our settings.
 *
 * @param keys those that it sets
 */
record CommandLine(Set<String> keys, Config config) {
    static final String ORIGIN = "command line";

    /**
     * The properties that are ours: those below one of our sections. One that is nearly so is a typing error, which
     * would otherwise be ignored without a word.
     *
     * @param former keys of earlier versions, which are ours too
     * @throws SettingsException if there is such a typing error, or a key is no path
     */
    static CommandLine of(Properties properties, Config defaults, Collection<String> former) {
        Set<String> sections = new TreeSet<>(defaults.root().keySet());
        former.forEach(key -> sections.add(section(key)));
        Set<String> known = new TreeSet<>(Set.of("profile", Settings.EXPERIMENTS, Settings.DEBUG));
        defaults.entrySet().forEach(entry -> known.add(entry.getKey()));
        Map<String, Object> overrides = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (sections.contains(section(key))) {
                overrides.put(key, properties.getProperty(key));
            } else if (!known.contains(key)) {
                refuseMisspelt(key, sections, known);
            }
        }
        return new CommandLine(overrides.keySet(), parsed(overrides));
    }

    /** The items of a list, which can only be given as text there: {@code -Dkey=1,2,4}, or as in a file, {@code -Dkey=[1, 2, 4]}. */
    static List<String> list(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("[") || !stripped.endsWith("]")) {
            return items(text).toList();
        }
        String inside = stripped.substring(1, stripped.length() - 1);
        return inside.isBlank()
                ? List.of()
                : items(inside)
                        .map(item -> item.replaceFirst("^\"(.*)\"$", "$1"))
                        .toList();
    }

    private static Stream<String> items(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip);
    }

    private static Config parsed(Map<String, Object> overrides) {
        try {
            return ConfigFactory.parseMap(overrides, ORIGIN);
        } catch (ConfigException e) {
            throw new SettingsException(ORIGIN + ": " + e.getMessage());
        }
    }

    private static void refuseMisspelt(String key, Set<String> sections, Set<String> known) {
        String section = section(key);
        // Short section names are near too many properties that are not ours.
        List<String> longSections =
                sections.stream().filter(name -> name.length() >= 6).toList();
        Spelling.near(key, known)
                .or(() -> Spelling.near(section, longSections).map(near -> near + key.substring(section.length())))
                .ifPresent(near -> {
                    throw new SettingsException("command line: unknown key " + key + "; did you mean " + near
                            + "? (all keys are in default.conf and the files that it includes)");
                });
    }

    private static String section(String key) {
        return key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    }
}
