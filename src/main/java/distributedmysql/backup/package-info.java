/** Backups of servers, and what keeps them: {@link distributedmysql.backup.store}. */
package distributedmysql.backup;
