/**
 * The command for backups that are there already: lists them, verifies them, restores one, recovers to a transaction or a time, and says what
 * retention removes. It needs no run, no load and no source server: only the store, the key, and a server program of this machine.
 * {@link distributedmysql.experiment.backup.command.BackupCommand} is where to begin.
 */
package distributedmysql.experiment.backup.command;
