/**
 * Resharding under load: a shard is added while numbered writes arrive. It proves that afterwards every acknowledged write is on
 * exactly one shard, the right one, and that keys have moved to the new shard only; and it measures what the clients noticed of it.
 *
 * <p>Why no write is lost, step by step ({@link distributedmysql.experiment.sharding.resharding.Phase}):
 *
 * <ol>
 *   <li><i>Capture.</i> Triggers note the key of every row that is inserted, updated or deleted on a source, in the same transaction.
 *       {@code CREATE TRIGGER} waits for all transactions that use the table and holds off new ones, so each write either was
 *       committed before it, and the copy will see it, or is noted.
 *   <li><i>Copy.</i> Rows that must move are copied in the order of their keys. A row may be old when it is copied; whatever changed it
 *       has noted its key.
 *   <li><i>Catching up</i> begins on a source when its copy has ended, so that no old row can come after a newer one. It reads noted keys,
 *       then the rows as they are now, puts these in place of what the target has, and only then deletes the notes it has read. It never
 *       remembers a position: numbers of {@code AUTO_INCREMENT} commit in another order than they are given, and whoever reads "from the
 *       last one on" skips what commits late.
 *   <li><i>Switch.</i> Every insert carries the version of the map by which it was routed. A trigger reads the shard's own version with a
 *       shared lock, which its transaction holds until it ends, and refuses an older one. Raising the version needs that row's exclusive
 *       lock. So when the raising is committed, all writes by the old map have ended, and no other one can be committed: what the
 *       last catch-up then reads is all there is.
 *   <li><i>Decision.</i> One row on the new shard says that the new map holds. Before it, everything can be rolled back: no client knows
 *       the new map. After it, everything can only be finished. Then the map is made known, and clients that were refused send again.
 *   <li><i>Cleaning.</i> Moved rows are deleted from the sources, and the triggers of the capture are dropped.
 * </ol>
 *
 * <p>Each step may be done twice, and which one is under way is in a table of the new shard, so that a coordinator that was killed can be
 * replaced by another one, which goes on or rolls back. Named locks of the server keep the two from working at the same time: a
 * lock is held by the very session that writes, and ends with it. The fence is on inserts, which are all that the ledger has; of an
 * application's table, updates and deletes need one too.
 */
package distributedmysql.experiment.sharding.resharding;
