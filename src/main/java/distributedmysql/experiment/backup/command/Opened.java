package distributedmysql.experiment.backup.command;

import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.HookBackup;
import distributedmysql.backup.Restore;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.StoreSettings;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.experiment.backup.BackupSettings;
import distributedmysql.experiment.backup.BackupSettings.Strategy;
import distributedmysql.experiment.backup.ConfiguredStrategies;
import distributedmysql.history.EventLog;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentList;
import distributedmysql.topology.embedded.LocalSpares;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/** The settings, the stores that they name, and servers of this machine; no server is looked for before one is needed. */
record Opened(Settings settings, BackupStores stores, LocalSpares spares, Console console) implements AutoCloseable {
    /**
     * @param properties the command line's {@code -Dkey=value}
     * @throws SettingsException if a setting is not allowed, or there is no key where the settings say
     */
    static Opened of(Properties properties, Map<String, String> environment, Console console) {
        List<Experiment> sections = ServiceLoader.load(ExperimentList.class).stream()
                .flatMap(list -> list.get().experiments().stream())
                .toList();
        Settings settings = Settings.load(Path.of(""), properties, sections, Set.of());
        BackupStores stores =
                BackupStores.open(settings.of(BackupSettings.class).store(), environment, Clock.systemUTC());
        return new Opened(settings, stores, LocalSpares.alone(settings.embedded(), console::say), console);
    }

    BackupSettings own() {
        return settings.of(BackupSettings.class);
    }

    Duration limit() {
        return own().deadline();
    }

    /** The one that backups are made in, and the one that they are copied to, if there is one. */
    List<BackupStore> all() {
        return Stream.concat(Stream.of(stores.first()), stores.second().stream())
                .toList();
    }

    ConfiguredStrategies configured() {
        return new ConfiguredStrategies(settings, spares, new EventLog());
    }

    boolean canRunHooks() {
        return !own().hooks().restore().isEmpty();
    }

    Restore restore() {
        List<BackupStrategy> strategies = new ArrayList<>(
                List.of(configured().of(Strategy.CLONE), configured().of(Strategy.DUMP)));
        if (canRunHooks()) {
            strategies.add(configured().hooks());
        }
        return new Restore(spares, strategies, console::say);
    }

    /**
     * Finds the server program, which may have to be fetched.
     *
     * @param restored what servers will be made of
     * @throws SettingsException if the settings lack what that needs
     * @throws distributedmysql.mysql.TopologyException if there is no server program
     */
    void requireServers(Collection<Manifest> restored) {
        for (Manifest backup : restored) {
            if (backup.origin().strategy().equals(HookBackup.NAME) && !canRunHooks()) {
                throw new SettingsException("backup.hooks.restore: must be given, because backup " + backup.id()
                        + " was made by the user's own commands");
            }
        }
        spares.impossible().ifPresent(reason -> {
            throw new SettingsException("no server can be started here: " + reason);
        });
        spares.version();
    }

    /**
     * A name that is mistyped must not look like a store that is empty; a bucket says so by itself.
     *
     * @throws SettingsException if the settings name a directory that is not there
     */
    void requireDirectory() {
        own().store().directory().filter(place -> !Files.isDirectory(place)).ifPresent(place -> {
            throw new SettingsException(StoreSettings.DIRECTORY + " = " + place + ": there is no such directory"
                    + (place.isAbsolute() ? "" : " (" + place.toAbsolutePath() + ")"));
        });
    }

    /** @throws SettingsException if it is in no form in that store */
    void requireKnown(String id, Listing listing) {
        List<String> known = Stream.of(
                        listing.usable().stream().map(Manifest::id),
                        listing.unusable().stream().map(Listing.Unusable::id),
                        listing.unfinished().stream().map(Listing.Unfinished::id))
                .flatMap(ids -> ids)
                .toList();
        if (!known.contains(id)) {
            throw new SettingsException("there is no backup " + id + " in "
                    + stores.first().where() + Arguments.didYouMean(id, known) + " (list shows all)");
        }
    }

    @Override
    public void close() {
        try (spares) {
            stores.close();
        }
    }
}
