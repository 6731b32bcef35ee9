package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads single settings, each with what is allowed, and remembers which keys were read, so that what is left over can
 * be refused. A key is whole, such as {@code connection.pool-size}; limits are included. Each method throws a
 * {@link SettingsException} with file, line, value and what is allowed, if it is not. Not thread-safe.
 */
public final class SettingsReader {
    private final Config config;
    private final SettingOrigins origins;
    private final String file;
    private final Set<String> read = new TreeSet<>();

    /** @param file that should have every key */
    SettingsReader(Config config, Config defaults, String file) {
        this.config = config;
        this.origins = new SettingOrigins(config, defaults);
        this.file = file;
    }

    public String text(String key, String allowed, java.util.function.Predicate<String> valid) {
        String value = get(key, allowed, () -> config.getString(key));
        require(valid.test(value), key, allowed);
        return value;
    }

    public <E extends Enum<E>> E oneOf(String key, Class<E> type, Function<E, String> label) {
        Map<String, E> choices = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(label, Function.identity(), (a, b) -> a, TreeMap::new));
        String allowed = "one of " + String.join(", ", choices.keySet());
        E value = choices.get(get(key, allowed, () -> config.getString(key)));
        require(value != null, key, allowed);
        return value;
    }

    /** In the order in which they are given, each at most once. */
    public <E extends Enum<E>> List<E> manyOf(String key, Set<E> values, Function<E, String> label) {
        Map<String, E> choices =
                values.stream().collect(Collectors.toMap(label, Function.identity(), (a, b) -> a, TreeMap::new));
        String allowed = "a list of at least one of " + String.join(", ", choices.keySet()) + ", each at most once";
        List<String> texts = texts(key, allowed, choices::containsKey);
        require(Set.copyOf(texts).size() == texts.size(), key, allowed);
        return texts.stream().map(choices::get).toList();
    }

    public boolean flag(String key) {
        return get(key, "true or false", () -> config.getBoolean(key));
    }

    public int integer(String key, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return checkedInteger(key, get(key, allowed, () -> config.getString(key)), min, max, allowed);
    }

    /** Empty where the text is. */
    public OptionalInt optionalInteger(String key, int min, int max) {
        String allowed = "empty, or a whole number from " + min + " to " + max;
        String value = get(key, allowed, () -> config.getString(key)).strip();
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(checkedInteger(key, value, min, max, allowed));
    }

    long wholeNumber(String key) {
        // Config#getLong cuts off what does not fit.
        return get(
                key,
                "a whole number of at most 64 bits",
                () -> new BigDecimal(config.getString(key).strip()).longValueExact());
    }

    public double number(String key, double min, double max) {
        String allowed = "a number from " + plain(min) + " to " + plain(max);
        double value = get(key, allowed, () -> config.getDouble(key));
        require(value >= min && value <= max, key, allowed);
        return value;
    }

    public Duration duration(String key, Duration min, Duration max) {
        String allowed = "a duration with its unit, from " + Durations.text(min) + " to " + Durations.text(max);
        Duration value = get(key, allowed, () -> Durations.withUnit(config.getString(key)));
        require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, key, allowed);
        return value;
    }

    /** Empty where the text is. */
    public Optional<Duration> optionalDuration(String key, Duration min, Duration max) {
        String allowed =
                "empty, or a duration with its unit, from " + Durations.text(min) + " to " + Durations.text(max);
        String value = get(key, allowed, () -> config.getString(key)).strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Duration duration = get(key, allowed, () -> Durations.withUnit(value));
        require(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0, key, allowed);
        return Optional.of(duration);
    }

    /** Empty where the text is. */
    OptionalLong optionalBytes(String key, long min, long max) {
        String allowed =
                "empty, or a size with its unit, from " + (min >> 20) + "MiB to " + (max >> 20) + "MiB, such as 20GiB";
        String value = get(key, allowed, () -> config.getString(key)).strip();
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        require(!value.matches("[-+0-9.]*"), key, allowed);
        long bytes = get(key, allowed, () -> config.getBytes(key));
        require(bytes >= min && bytes <= max, key, allowed);
        return OptionalLong.of(bytes);
    }

    /** A size; all three are in bytes. */
    public long bytes(String key, long min, long max) {
        String allowed = "a size with its unit, from " + (min >> 20) + "MiB to " + (max >> 20) + "MiB";
        require(!text(key, allowed, text -> true).strip().matches("[-+0-9.]*"), key, allowed);
        long value = get(key, allowed, () -> config.getBytes(key));
        require(value >= min && value <= max, key, allowed);
        return value;
    }

    /** At least one, in the order in which they are given. */
    public List<Integer> integers(String key, int min, int max) {
        String allowed = "a list of at least one whole number from " + min + " to " + max + ", such as 1,2,4";
        List<Integer> values = new ArrayList<>();
        for (String item : list(key, allowed)) {
            values.add(checkedInteger(key, item, min, max, butNot(allowed, item)));
        }
        return List.copyOf(values);
    }

    /** At least one, in the order in which they are given. */
    public List<Duration> durations(String key, Duration min, Duration max) {
        String allowed = "a list of at least one duration with its unit, from " + Durations.text(min) + " to "
                + Durations.text(max) + ", such as 0ms,5ms,1s";
        List<Duration> values = new ArrayList<>();
        for (String item : list(key, allowed)) {
            String required = butNot(allowed, item);
            Duration value = get(key, required, () -> Durations.withUnit(item));
            require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, key, required);
            values.add(value);
        }
        return List.copyOf(values);
    }

    List<String> texts(String key, String allowed, java.util.function.Predicate<String> valid) {
        List<String> values = list(key, allowed);
        values.forEach(value -> require(valid.test(value), key, butNot(allowed, value)));
        return values;
    }

    /** As {@link #texts}; may be empty. */
    List<String> textsOrNone(String key, String allowed, java.util.function.Predicate<String> valid) {
        List<String> values = items(key, allowed);
        // On the command line, -Dkey= is the empty list.
        if (values.isEmpty() || isText(key) && values.equals(List.of(""))) {
            return List.of();
        }
        return texts(key, allowed, valid);
    }

    /**
     * Stops at the first key that has another name today.
     *
     * @param renamed former keys, and what they, and all below them, begin with today
     */
    void refuseRenamed(Map<String, String> renamed) {
        for (String key : origins.keys()) {
            renamed.forEach((former, now) -> {
                if (key.equals(former) || key.startsWith(former + ".")) {
                    throw refused(key, "its name is " + now + key.substring(former.length()) + " now");
                }
            });
        }
    }

    /** Stops at the first key that nothing has read. */
    void refuseUnknownKeys() {
        for (String key : origins.keys()) {
            if (!read.contains(key)) {
                throw new SettingsException(origins.where(key) + ": unknown key " + key + nearest(key)
                        + " (all keys are in default.conf and the files that it includes)");
            }
        }
    }

    /** As {@link SettingOrigins#refused}. */
    public SettingsException refused(String key, String why) {
        return origins.refused(key, why);
    }

    /** As {@link SettingOrigins#refusedTogether}. */
    public SettingsException refusedTogether(String why, String... keys) {
        return origins.refusedTogether(why, keys);
    }

    /** Where the values come from. */
    SettingOrigins origins() {
        return origins;
    }

    private List<String> list(String key, String allowed) {
        List<String> values = items(key, allowed);
        require(!values.isEmpty(), key, allowed);
        return values;
    }

    private List<String> items(String key, String allowed) {
        return get(key, allowed, () -> {
            if (!isText(key)) {
                return config.getStringList(key);
            }
            return CommandLine.list(config.getString(key));
        });
    }

    private boolean isText(String key) {
        return config.getValue(key).valueType() == ConfigValueType.STRING;
    }

    private int checkedInteger(String key, String text, int min, int max, String allowed) {
        int value = get(key, allowed, () -> new BigDecimal(text.strip()).intValueExact());
        require(value >= min && value <= max, key, allowed);
        return value;
    }

    private <T> T get(String key, String allowed, java.util.function.Supplier<T> getter) {
        read.add(key);
        if (!config.hasPath(key)) {
            throw missing(key, allowed);
        }
        try {
            return getter.get();
        } catch (ConfigException | ArithmeticException | IllegalArgumentException e) {
            throw refused(key, "must be " + allowed);
        }
    }

    /** Not there at all, or null, or below something that is no section. */
    private SettingsException missing(String key, String allowed) {
        ConfigValue value = config.root();
        String path = "";
        for (String name : ConfigUtil.splitPath(key)) {
            ConfigValue below = ((ConfigObject) value).get(name);
            if (below == null) {
                return new SettingsException(file + ": " + key + " is missing");
            }
            path = path.isEmpty() ? name : path + "." + name;
            value = below;
            if (value.valueType() != ConfigValueType.OBJECT) {
                break;
            }
        }
        String required = path.equals(key) ? allowed : "a section, with " + key + " in it";
        return new SettingsException(
                value.origin().description() + ": " + path + " = " + value.unwrapped() + ": must be " + required);
    }

    private void require(boolean holds, String key, String allowed) {
        if (!holds) {
            throw refused(key, "must be " + allowed);
        }
    }

    private String nearest(String key) {
        return Spelling.nearPath(key, read)
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
    }

    private static String butNot(String allowed, String item) {
        return allowed + "; \"" + item + "\" is not";
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
