package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of a server without which a result cannot be compared with another. */
public final class ServerVariables {
    private static final String NAMES = """
            autocommit binlog_format binlog_group_commit_sync_delay binlog_order_commits binlog_row_image
            binlog_transaction_compression binlog_transaction_dependency_tracking character_set_server collation_server
            default_storage_engine disabled_storage_engines enforce_gtid_consistency
            group_replication_single_primary_mode gtid_mode innodb_adaptive_hash_index innodb_buffer_pool_instances innodb_buffer_pool_size
            innodb_dedicated_server innodb_doublewrite innodb_file_per_table innodb_flush_log_at_timeout
            innodb_flush_log_at_trx_commit innodb_flush_method innodb_flush_neighbors innodb_io_capacity
            innodb_io_capacity_max innodb_log_buffer_size innodb_log_file_size innodb_page_size
            innodb_read_io_threads innodb_redo_log_capacity innodb_thread_concurrency innodb_use_native_aio
            innodb_write_io_threads log_bin log_replica_updates max_connections
            max_prepared_stmt_count performance_schema read_only relay_log_recovery replica_parallel_type replica_parallel_workers
            replica_preserve_commit_order require_secure_transport rpl_semi_sync_replica_enabled
            rpl_semi_sync_source_enabled rpl_semi_sync_source_timeout rpl_semi_sync_source_wait_point sql_mode
            super_read_only sync_binlog sync_relay_log table_open_cache thread_cache_size thread_handling time_zone system_time_zone
            transaction_isolation version version_comment version_compile_machine
            version_compile_os
            """;

    private static final String QUERY = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('"
            + String.join("', '", NAMES.strip().split("\\s+")) + "')";

    private ServerVariables() {}

    /**
     * Names and values as the server says them; a variable that its version does not have is absent.
     *
     * @throws TopologyException if the server cannot be asked
     */
    public static SortedMap<String, String> read(Node node) {
        return Mysql.ask(
                node,
                "read its variables",
                session -> session.read(QUERY, rows -> {
                    SortedMap<String, String> values = new TreeMap<>();
                    while (rows.next()) {
                        values.put(rows.getString(1), rows.getString(2));
                    }
                    return values;
                }));
    }
}
