/**
 * Backups, proven by restoring them.
 *
 * <p>While a load and numbered writes run, full backups are made in each way that the settings name, and the binary logs of the primaries
 * are shipped. Then each backup is read again whole, restored into a fresh server, and judged by the ledger: every write whose GTID is in the
 * backup's position is there, by number, and none that came later. The restored server follows its source as a replica, and every table is
 * compared. Others are recovered to exact transactions, and to just before a {@code DELETE} without {@code WHERE}, whose rows are brought back.
 * It tells what all of that cost the users: distributions before, during and after, and the longest stalls.
 */
package distributedmysql.experiment.backup;
