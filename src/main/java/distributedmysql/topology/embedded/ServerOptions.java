package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.topology.Capability;
import distributedmysql.topology.ServerVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that every server gets, by version. Durable, as a primary that people trust would run; small, because all
 * of them share one machine.
 *
 * @param extra come last, and so win
 * @param asRoot mysqld refuses to run as root unless told so
 */
record ServerOptions(ServerBinary binary, EmbeddedSettings settings, List<String> extra, boolean asRoot) {

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
        ServerVersion version = binary.version();
        List<String> command = start(data);
        command.addAll(List.of(
                "--server-id=" + serverId,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                // Relative to the data directory: the path of a Unix socket may have 107 characters at most (unix(7)).
                "--socket=mysqld.sock",
                "--pid-file=mysqld.pid",
                "--mysqlx=OFF",
                "--tmpdir=" + files,
                "--secure-file-priv=NULL",
                "--log-bin=binlog",
                "--relay-log=relay",
                "--gtid-mode=ON",
                "--enforce-gtid-consistency=ON",
                // A replica that was killed fetches again what its relay log may have lost
                // (https://dev.mysql.com/doc/refman/8.0/en/replication-solutions-unexpected-replica-halt.html).
                "--relay-log-recovery=ON",
                "--sync-binlog=1",
                "--innodb-flush-log-at-trx-commit=1",
                "--performance-schema=ON",
                "--max-connections=" + settings.maxConnections(),
                "--innodb-buffer-pool-size=" + settings.bufferPoolBytes()));
        String replica = Capability.REPLICA_VARIABLES.in(version) ? "--replica-" : "--slave-";
        command.addAll(List.of(
                replica + "parallel-workers=4",
                replica + "preserve-commit-order=ON",
                replica + "net-timeout=4",
                // Deprecated or gone in later versions, which behave so without being told.
                "--loose-binlog-format=ROW",
                "--loose-" + replica.substring(2) + "parallel-type=LOGICAL_CLOCK",
                "--loose-binlog-transaction-dependency-tracking=WRITESET"));
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
