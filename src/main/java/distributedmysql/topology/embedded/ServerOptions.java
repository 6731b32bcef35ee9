package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.mysql.CommonOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The options that every server gets, by version: those that all have in common, and what keeps them apart and small,
 * because they share one machine.
 *
 * @param extra come last, and so win
 * @param asRoot mysqld refuses to run as root unless told so
 */
record ServerOptions(ServerBinary binary, EmbeddedSettings settings, List<String> extra, boolean asRoot) {
    /**
     * More than 100 MB less for each server, without anything that a run reads: performance_schema by default has
     * room for thousands of different statements and for hundreds of accounts, counts errors by number, remembers old
     * statements, and keeps waits, which are not measured by default, for each connection. Stages stay, because a
     * session's state is one.
     */
    private static final List<String> SMALL = Stream.of(
                    "performance-schema-digests-size=2000",
                    "performance-schema-error-size=0",
                    "performance-schema-accounts-size=32",
                    "performance-schema-users-size=32",
                    "performance-schema-hosts-size=32",
                    "performance-schema-events-statements-history-long-size=100",
                    "performance-schema-events-statements-history-size=1",
                    "performance-schema-events-waits-history-size=1",
                    "performance-schema-events-stages-history-size=1",
                    "performance-schema-events-transactions-history-size=1",
                    "performance-schema-max-mutex-classes=0",
                    "performance-schema-max-rwlock-classes=0",
                    "performance-schema-max-cond-classes=0",
                    "key-buffer-size=1048576")
            .map(option -> "--" + option)
            .toList();

    /** The same with options of one server's own. */
    ServerOptions with(List<String> own) {
        List<String> all = new ArrayList<>(extra);
        all.addAll(own);
        return new ServerOptions(binary, settings, all, asRoot);
    }

    /** Initialises a data directory, with an account {@code root@localhost} that has no password. */
    List<String> initialise(Path data) {
        List<String> command = start(data);
        command.add("--initialize-insecure");
        return command;
    }

    /**
     * @param files where the server's files beside its data go: error log and temporary files
     */
    List<String> run(Path data, Path files, int serverId, int port) {
        List<String> command = start(data);
        command.addAll(CommonOptions.commandLine(binary.version()));
        command.addAll(List.of(
                "--server-id=" + serverId,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                // Relative to the data directory: the path of a Unix socket may have 107 characters at most (unix(7)).
                "--socket=mysqld.sock",
                "--pid-file=mysqld.pid",
                "--tmpdir=" + files,
                "--secure-file-priv=NULL",
                "--max-connections=" + settings.maxConnections(),
                "--innodb-buffer-pool-size=" + settings.bufferPoolBytes()));
        command.addAll(SMALL);
        command.addAll(extra);
        return command;
    }

    private List<String> start(Path data) {
        List<String> command = new ArrayList<>(List.of(
                binary.mysqld().toString(), "--no-defaults", "--datadir=" + data, "--basedir=" + binary.basedir()));
        if (asRoot) {
            command.add("--user=root");
        }
        return command;
    }
}
