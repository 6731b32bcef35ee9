package distributedmysql.mysql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options that servers have in common, whoever starts them: the embedded topology, Docker's, and {@code docker/mysql-config}.
 * A commit is on disk before it is acknowledged, every server can become primary or replica, and rows are logged.
 */
public final class CommonOptions {
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        set("skip_name_resolve", "ON");
        set("loose_mysqlx", "OFF");
        set("performance_schema", "ON");
        set("sync_binlog", "1");
        set("innodb_flush_log_at_trx_commit", "1");
        set("log_bin", "binlog");
        set("gtid_mode", "ON");
        set("enforce_gtid_consistency", "ON");
        set("relay_log", "relay");
        // A replica that was killed fetches again what its relay log may have lost
        // (https://dev.mysql.com/doc/refman/8.0/en/replication-solutions-unexpected-replica-halt.html).
        set("relay_log_recovery", "ON");
        set("replica_parallel_workers", "4");
        set("replica_preserve_commit_order", "ON");
        set("replica_net_timeout", "4");
        // Deprecated or gone in later versions, which behave so without being told.
        set("loose_binlog_format", "ROW");
        set("loose_replica_parallel_type", "LOGICAL_CLOCK");
        set("loose_binlog_transaction_dependency_tracking", "WRITESET");
    }

    private CommonOptions() {}

    private static void set(String name, String value) {
        OPTIONS.put(name, value);
    }

    /**
     * Names and values as an option file has them, under their names since 8.0.26. A name that begins with {@code loose_} is
     * not there in every version.
     */
    public static Map<String, String> all() {
        return new LinkedHashMap<>(OPTIONS);
    }

    /** For a server's command line, under their names since 8.0.26. */
    public static List<String> commandLine() {
        return OPTIONS.entrySet().stream()
                .map(option -> "--" + option.getKey().replace('_', '-') + "=" + option.getValue())
                .toList();
    }

    /** For a server's command line, under the names of that version. */
    public static List<String> commandLine(ServerVersion version) {
        return Capability.REPLICA_VARIABLES.in(version)
                ? commandLine()
                : commandLine().stream()
                        .map(option -> option.replace("-replica-", "-slave-"))
                        .toList();
    }
}
