package distributedmysql.topology;

import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Global defaults of servers as operators, or tutorials, set them, each of which changed a verdict, or could. None needs a
 * restart; what replication itself runs on is left alone.
 */
public enum HostileDefaults {
    SELECT_LIMIT("sql_select_limit = 100"),
    SIZES(
            "max_join_size = 50",
            "sql_big_selects = 0",
            "max_sort_length = 4",
            "max_error_count = 0",
            "group_concat_max_len = 4",
            "range_optimizer_max_mem_size = 1",
            "div_precision_increment = 0",
            "optimizer_search_depth = 1"),
    MODES(
            "sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES,HIGH_NOT_PRECEDENCE,PAD_CHAR_TO_FULL_LENGTH,NO_UNSIGNED_SUBTRACTION,"
                    + "TIME_TRUNCATE_FRACTIONAL'",
            "sql_quote_show_create = 0",
            "sql_auto_is_null = 1",
            "sql_safe_updates = 1",
            "unique_checks = 0",
            "big_tables = 1",
            "default_storage_engine = 'MyISAM'",
            "show_gipk_in_create_table_and_information_schema = 0",
            "sql_generate_invisible_primary_key = 1"),
    SERIALIZABLE_CHAINED(
            "transaction_isolation = 'SERIALIZABLE'",
            "autocommit = 0",
            "completion_type = 'CHAIN'",
            "init_connect = 'SET SESSION sql_select_limit = 7, sql_mode = ANSI_QUOTES; SET time_zone = \"+05:00\"'"),
    UNCOMMITTED_READ_ONLY(
            "transaction_isolation = 'READ-UNCOMMITTED'",
            "transaction_read_only = 1",
            "autocommit = 0",
            "completion_type = 'RELEASE'"),
    TIMES(
            "time_zone = '+13:45'",
            "lc_time_names = 'ar_EG'",
            "default_week_format = 3",
            "max_execution_time = 1",
            "wait_timeout = 1",
            "interactive_timeout = 1",
            "net_read_timeout = 1",
            "net_write_timeout = 1",
            "lock_wait_timeout = 1",
            "innodb_lock_wait_timeout = 1"),
    CHARACTERS(
            "character_set_client = 'latin1'",
            "character_set_results = 'ucs2'",
            "character_set_connection = 'latin1'",
            "collation_connection = 'latin1_german1_ci'",
            "collation_server = 'latin1_swedish_ci'",
            "default_collation_for_utf8mb4 = 'utf8mb4_general_ci'");

    private final List<String> settings;

    HostileDefaults(String... settings) {
        this.settings = List.of(settings);
    }

    /** For every session that is opened from now on, and after a restart. */
    public void set(ReplicaSet replicaSet) throws SQLException {
        String[] statements = settings.stream().map(one -> "SET PERSIST " + one).toArray(String[]::new);
        for (Node node : replicaSet.nodes()) {
            TestSql.execute(node, statements);
        }
    }

    /** MySQL's own again, of whatever any of these sets. */
    public static void reset(ReplicaSet replicaSet) throws SQLException {
        Stream<String> defaults = Stream.of(values())
                .flatMap(each -> each.settings.stream())
                .map(setting -> "SET GLOBAL " + setting.replaceFirst(" = .*", " = DEFAULT"));
        String[] statements =
                Stream.concat(defaults, Stream.of("RESET PERSIST")).toArray(String[]::new);
        for (Node node : replicaSet.nodes()) {
            TestSql.execute(node, statements);
        }
    }
}
