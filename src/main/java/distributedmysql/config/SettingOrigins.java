package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What each setting is, where that comes from, and what is not as in the defaults. */
final class SettingOrigins {
    private final Config config;
    private final Config defaults;

    SettingOrigins(Config config, Config defaults) {
        this.config = config;
        this.defaults = defaults;
    }

    /** Says where the value comes from. */
    SettingsException refused(String key, String why) {
        return new SettingsException(where(key) + ": " + key + " = " + shown(key) + ": " + why);
    }

    /**
     * Values that do not go together. What the user has set is blamed first, the command line before a profile, because
     * whoever has changed nothing else looks there; the others follow, each with where it comes from.
     *
     * @param why names the keys, because any of them may come first
     * @param keys at least two
     */
    SettingsException refusedTogether(String why, String... keys) {
        List<String> byUser =
                Arrays.stream(keys).sorted(Comparator.comparing(this::nearness)).toList();
        return refused(
                byUser.get(0),
                why + " (" + byUser.stream().skip(1).map(this::source).collect(Collectors.joining("; ")) + ")");
    }

    /** Whether the user has set it over the other one: the command line is over profiles, and these are over the defaults. */
    boolean isOver(String key, String other) {
        return nearness(key) < nearness(other);
    }

    private int nearness(String key) {
        if (isDefault(key)) {
            return 2;
        }
        return where(key).startsWith(CommandLine.ORIGIN) ? 0 : 1;
    }

    private boolean isDefault(String key) {
        return defaults.hasPath(key)
                && defaults.getValue(key).origin().equals(config.getValue(key).origin());
    }

    /** For instance {@code time-budget = 5h, command line}. */
    String source(String key) {
        return key + " = " + shown(key) + ", " + where(key);
    }

    /** Every setting as it took effect, by key, for the report. */
    Map<String, Object> effective() {
        Map<String, Object> values = new TreeMap<>();
        keys().forEach(key -> values.put(key, config.getValue(key).unwrapped()));
        return values;
    }

    /** Those that are not as in the defaults, by key, with what set them. */
    List<ChangedSetting> changed() {
        List<ChangedSetting> changed = new ArrayList<>();
        for (String key : keys()) {
            ConfigValue value = config.getValue(key);
            if (!defaults.hasPath(key) || !asText(value).equals(asText(defaults.getValue(key)))) {
                changed.add(new ChangedSetting(
                        key, value.unwrapped(), value.origin().description()));
            }
        }
        return List.copyOf(changed);
    }

    /** The command line can only give text, and separates the items of a list by commas. */
    private static String asText(ConfigValue value) {
        return value.unwrapped() instanceof List<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value.unwrapped()).replace(", ", ",");
    }

    /** All that are set. */
    Set<String> keys() {
        return config.entrySet().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private String shown(String key) {
        return String.valueOf(config.getValue(key).unwrapped());
    }

    /** File and line, or the command line. */
    String where(String key) {
        ConfigValue value = config.getValue(key);
        return value.origin().description();
    }
}
