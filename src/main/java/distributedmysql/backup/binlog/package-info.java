/**
 * Files of binary logs, read without a server: which transactions a file holds, in what order, where each begins and ends, when
 * it was committed, and whether the file is whole. The format is that of MySQL 8.0 to 9.x
 * (https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_replication_binlog_event.html). It knows of no store and opens no
 * connection.
 */
package distributedmysql.backup.binlog;
