package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.mysql.CommonOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that every server gets, by version: those that all have in common, and what keeps them apart and small,
 * because they share one machine.
 *
 * @param extra come last, and so win
 * @param asRoot mysqld refuses to run as root unless told so
 */
record ServerOptions(ServerBinary binary, EmbeddedSettings settings, List<String> extra, boolean asRoot) {
    /**
     * Some 115 MB less for each server: what no statement of a run reads, sized for thousands of different statements, errors by
     * number, and MyISAM's keys.
     */
    private static final List<String> SMALL = List.of(
            "--performance-schema-digests-size=2000",
            "--performance-schema-events-statements-history-long-size=100",
            "--performance-schema-error-size=0",
            "--key-buffer-size=" + (1 << 20));

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
