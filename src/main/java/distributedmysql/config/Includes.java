package distributedmysql.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The includes of one profile's file. {@code default.conf}, and what that includes, is empty here: it has been read before,
 * and would only reset what other profiles have set. A file that is not there is an error, which HOCON would not say. Not thread-safe.
 */
final class Includes implements ConfigIncluder, ConfigIncluderFile {
    private static final ConfigObject NOTHING = ConfigFactory.empty().root();

    private final List<Path> defaults;
    private final List<Path> files;
    private final List<Config> read;
    private final ConfigIncluder others;

    /**
     * @param files what is being read: the profile's file, and those on the way to the file whose includes these are
     * @param read takes what every included file says, in the order in which they end
     * @param others for what is no file, such as a URL
     */
    private Includes(List<Path> defaults, List<Path> files, List<Config> read, ConfigIncluder others) {
        this.defaults = defaults;
        this.files = files;
        this.read = read;
        this.others = others;
    }

    /**
     * What a file and those that it includes say.
     *
     * @param defaults what is not read again
     * @param read takes what every included file says
     * @throws SettingsException if one is not there, cannot be read, or includes itself
     */
    static Config parse(Path file, List<Path> defaults, List<Config> read) {
        return parse(defaults, List.of(file), read);
    }

    /** What the file says itself, without what it includes. */
    static Config parseAlone(Path file) {
        return parse(file, ConfigParseOptions.defaults().setIncluder(new None()));
    }

    private static Config parse(List<Path> defaults, List<Path> files, List<Config> read) {
        Includes includes = new Includes(defaults, files, read, null);
        return parse(files.get(files.size() - 1), ConfigParseOptions.defaults().setIncluder(includes));
    }

    private static Config parse(Path file, ConfigParseOptions options) {
        try {
            return ConfigFactory.parseFile(file.toFile(), options);
        } catch (ConfigException e) {
            throw new SettingsException(e.getMessage());
        }
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new Includes(defaults, files, read, fallback);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        Path named = current().resolveSibling(what);
        Path file = Files.exists(named) ? named : current().resolveSibling(what + ".conf");
        if (Files.isRegularFile(file)) {
            return included(file);
        }
        try {
            ConfigObject elsewhere = others.include(context, what);
            if (!elsewhere.isEmpty()) {
                return elsewhere;
            }
        } catch (ConfigException.IO e) {
            // include required(...)
        }
        throw missing(what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        if (!what.isFile()) {
            throw missing(what.getPath());
        }
        return included(what.toPath());
    }

    private ConfigObject included(Path file) {
        if (defaults.stream().anyMatch(read -> isSame(file, read))) {
            return NOTHING;
        }
        if (files.stream().anyMatch(open -> isSame(file, open))) {
            throw new SettingsException(current() + ": includes " + file + ", which includes it");
        }
        List<Path> below = new ArrayList<>(files);
        below.add(file);
        Config config = parse(defaults, below, read);
        read.add(config);
        return config.root();
    }

    private Path current() {
        return files.get(files.size() - 1);
    }

    private SettingsException missing(String what) {
        return new SettingsException(current() + ": include \"" + what
                + "\": there is no such file beside it; there are "
                + String.join(", ", Profiles.files(current().toAbsolutePath().getParent())));
    }

    private static boolean isSame(Path a, Path b) {
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }

    /** Nothing is included. */
    private static final class None implements ConfigIncluder, ConfigIncluderFile {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            return NOTHING;
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return NOTHING;
        }
    }
}
