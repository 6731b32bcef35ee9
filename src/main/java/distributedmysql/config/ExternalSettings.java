package distributedmysql.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Servers that are already there.
 *
 * @param sets the replica sets, in the order of the shard map; at least one
 * @param shards how keys are shared out over them
 * @param endpoints what the load goes through; none: it goes to the servers directly
 * @param passwordEnv the environment variable that holds the password
 * @param passwordFile holds the password where that variable is not set; empty if there is none
 * @param keepData whether the framework's database stays when the run ends
 * @param readOnly whether nothing at all may be written; what needs a write is then not run
 * @param compareDatabases whose tables a read-only run compares; none: the framework's own, where it was kept
 * @param sendLoad whether a read-only run sends the load that only reads, where an earlier run has left data for it
 * @param maxRate no more requests are sent per second, to all servers together
 * @param maxConnections no stage may open more connections to one server
 * @param allowFaults whether servers may be killed, promoted and started, with {@code hooks}
 */
public record ExternalSettings(
        List<ExternalSet> sets,
        ShardSettings shards,
        EndpointSettings endpoints,
        String user,
        String passwordEnv,
        Optional<Path> passwordFile,
        boolean keepData,
        boolean readOnly,
        List<String> compareDatabases,
        boolean sendLoad,
        int maxRate,
        int maxConnections,
        boolean allowFaults,
        Hooks hooks) {

    private static final String DATABASES = "a list of databases that are not system schemas, each at most once";

    /**
     * Commands for a shell; all are empty where no fault is allowed.
     *
     * @param promote empty where a failover manager promotes a replica
     */
    public record Hooks(String kill, String promote, String start) {
        private boolean anyGiven() {
            return !(kill + promote + start).isEmpty();
        }
    }

    static ExternalSettings read(SettingsReader reader) {
        List<ExternalSet> sets = ExternalSet.read(reader);
        ExternalSettings settings = new ExternalSettings(
                sets,
                ShardSettings.read(reader, sets.size()),
                EndpointSettings.read(reader),
                reader.text("external.user", "a user's name", text -> !text.isBlank()),
                reader.text("external.password-env", "the name of an environment variable", text -> !text.isBlank()),
                FilePath.optionalSetting(reader, "external.password-file", "a file"),
                reader.flag("external.keep-data"),
                reader.flag("external.read-only"),
                reader.textsOrNone("external.compare-databases", DATABASES, ExternalSettings::isComparable),
                reader.flag("external.send-load"),
                reader.integer("external.max-rate", 1, 1_000_000),
                reader.integer("external.max-connections", 1, 100_000),
                reader.flag("external.allow-faults"),
                new Hooks(
                        hook(reader, "external.hooks.kill"),
                        hook(reader, "external.hooks.promote"),
                        hook(reader, "external.hooks.start")));
        settings.refuseImpossibleCombinations(reader);
        return settings;
    }

    /** Tables of the server itself differ from server to server. */
    private static boolean isComparable(String database) {
        return !database.isBlank()
                && database.length() <= 64
                && !database.matches("(?i)mysql|sys|information_schema|performance_schema");
    }

    private static String hook(SettingsReader reader, String key) {
        return reader.text(key, "a command for a shell", text -> true).strip();
    }

    private void refuseImpossibleCombinations(SettingsReader reader) {
        endpoints.key().filter(key -> shards.count() > 1).ifPresent(key -> {
            throw reader.refusedTogether(
                    "an endpoint is in front of one replica set, and does not know which shard a key belongs to:"
                            + " external.endpoints must be empty, or external.shards must be one set",
                    ExternalSet.SHARDS,
                    key);
        });
        if (Set.copyOf(compareDatabases).size() != compareDatabases.size()) {
            throw reader.refused("external.compare-databases", "must be " + DATABASES);
        }
        if (!compareDatabases.isEmpty() && !readOnly) {
            throw reader.refusedTogether(
                    "external.compare-databases needs external.read-only = true; other runs compare the tables of"
                            + " data.database",
                    "external.compare-databases",
                    "external.read-only");
        }
        if (!sendLoad && !readOnly) {
            throw reader.refusedTogether(
                    "external.send-load must be true, or external.read-only must be true too",
                    "external.send-load",
                    "external.read-only");
        }
        if (readOnly && allowFaults) {
            throw reader.refusedTogether(
                    "external.read-only must be false where external.allow-faults is true",
                    "external.read-only",
                    "external.allow-faults");
        }
        if (allowFaults && (hooks.kill.isEmpty() || hooks.start.isEmpty())) {
            throw reader.refusedTogether(
                    "external.allow-faults needs the commands external.hooks.kill and external.hooks.start",
                    "external.allow-faults",
                    "external.hooks.kill",
                    "external.hooks.start");
        }
        if (!allowFaults && hooks.anyGiven()) {
            throw reader.refusedTogether(
                    "external.allow-faults must be true, or external.hooks.kill, external.hooks.promote and"
                            + " external.hooks.start must be empty",
                    "external.allow-faults",
                    "external.hooks.kill",
                    "external.hooks.promote",
                    "external.hooks.start");
        }
    }
}
