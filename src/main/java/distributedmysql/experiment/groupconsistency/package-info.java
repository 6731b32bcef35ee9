/**
 * What {@code group_replication_consistency} costs and what it buys, on a group of group replication.
 *
 * <p>Under each of its five levels, one after the other, users write as fast as the primary acknowledges them, and others write a
 * row and read it on a secondary a planned delay later. Every connection has the level of its turn, for its session and not
 * globally. It proves that no read under a level that promises so lacked a write that was acknowledged before the read began; and it
 * measures how long writes and reads take, how many writes are acknowledged, and how likely a read is fresh.
 *
 * <p>Nothing is broken here, so nothing can be lost: what the ledger would judge is judged where a primary is killed.
 */
package distributedmysql.experiment.groupconsistency;
