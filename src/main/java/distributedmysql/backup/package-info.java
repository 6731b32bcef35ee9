/**
 * Backups of a server, taken while it works, and what is made of them again: a server restored from a full backup, or recovered
 * to one exact transaction or time by the binary logs that were shipped meanwhile. A {@link distributedmysql.backup.BackupStrategy}
 * takes and restores full backups; {@link distributedmysql.backup.BinlogShipping} ships; {@link distributedmysql.backup.Restore} and
 * {@link distributedmysql.backup.Recovery} bring back, on a server of its own beside the deployment. They do and record; what was
 * lost, a check says afterwards. What keeps backups is {@link distributedmysql.backup.store}.
 */
package distributedmysql.backup;
