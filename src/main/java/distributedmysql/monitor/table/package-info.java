/**
 * Compares whole tables of a primary and its replicas while the load runs, without stopping replication and without a
 * lock on any row that agrees: {@link distributedmysql.monitor.table.TableComparison}.
 *
 * <h2>What is guaranteed</h2>
 *
 * <ul>
 *   <li>A reported difference is one: there is a GTID position at which both sides were read and the row differed.
 *   <li>A row that is not reported was equal at a GTID position, its chunk's own, under row-based replication. So a
 *       difference is found unless a replicated write repaired the row before it was read.
 *   <li>What could not be settled by the deadline is said to be incomplete, never taken for equal or different.
 * </ul>
 *
 * <h2>Why equal means equal</h2>
 *
 * The primary's chunk is read first, in one consistent snapshot P. Then a GTID set that holds every transaction visible
 * in P is taken ({@link distributedmysql.monitor.table.GtidPosition} says why {@code gtid_executed} alone is none), the
 * replica is waited for until it has executed it ({@code WAIT_FOR_EXECUTED_GTID_SET}), and then its chunk is read in a
 * snapshot R. So R holds all of P's transactions, and perhaps more. Let the two reads be equal, and look at one row and
 * at R's position. A column that those additional transactions did not write has the primary's value of P, as on the
 * replica; a column that they wrote has been set on the replica to the value that the row event carries, which is the
 * primary's. An absent row is the same case. So both sides agree at R's position. Two limits: somebody who writes on the
 * replica itself between two reads of the chunk is found by the next comparison; and with statement-based replication a
 * diverged row that a statement happens to turn into what P held counts as equal.
 *
 * <p>A chunk is a range of the primary key (or of another unique key without NULL), and is compared by its row count
 * and 256 bits over the SHA-256 of every row. The row's text tells NULL from the empty string, where one column ends and
 * the next begins, upper from lower case, and FLOAT and DOUBLE values to their last bit. CHAR values are compared as
 * MySQL returns them, without trailing spaces, and JSON as MySQL prints it. What a limit of a server keeps it from giving
 * (JSON text longer than {@code max_allowed_packet}) has no digest: such a row is equal to none and different from none,
 * and is reported as not compared. Virtual columns are what the server computes when it is asked; if a limit was hit there,
 * which the server tells by a warning, the row is not compared either.
 *
 * <h2>Why a difference is a difference</h2>
 *
 * Chunks that are not equal are compared row by row, in pages. A row that differs then may still be one that the load
 * changed between the two reads. It counts only if the primary cannot have changed meanwhile. Either the primary's GTID
 * position was the same before and after, with no commit under way; then nothing is locked at all. Or the row, or the
 * gap where it is absent, is locked in share mode on the primary, alone or with a few other suspects, for no longer than
 * the lock time: with the lock held, the position is taken, the replica waited for and read. No transaction outside that
 * position can touch the row on the primary, so none can on the replica by replication. If the replica does not get
 * there within the lock time, the lock is let go and all is tried again, until the deadline: a replica that lags by
 * more, all the time, leaves the result incomplete.
 *
 * <p>Of those that are named, which columns differ and both values are read within the same proof: before the primary's
 * position is looked at again, or while the row is locked. If the lock time ends before, the difference counts all the same,
 * and is named without its columns.
 *
 * <h2>Definitions</h2>
 *
 * They are confirmed as rows are: a difference counts if the primary stood still, or if the definition could not change
 * while both were read. A transaction that has read the table, and is open, keeps DDL away from it. Held on the primary, it
 * does for a definition what the row lock does for a row. What is absent on the primary cannot be locked there, so the
 * replica's table is: then the primary is seen to lack the table, its position is taken and the replica waited for. Had the
 * replica's table come from the primary, the primary would have dropped or renamed it by that position, and the replica,
 * which cannot do so, would not get there.
 *
 * <p>While rows are compared, nothing keeps DDL away. Every difference is still one: it was confirmed while no DDL could run
 * on the table. But equality holds for one definition only, so the primary's is read again at the end, and if it changed,
 * or another table took its place, all is compared again. A partition that is exchanged, or a table replaced twice within a
 * second, is not noticed so: there, a chunk that is equal to what was replaced counts as equal.
 *
 * <h2>Tables without a key</h2>
 *
 * They are compared as multisets of rows, in one consistent snapshot for the whole table. Here a suspicion can only be
 * settled while the primary stands still, or under {@code LOCK TABLES … READ}, if reading the table on both sides fits
 * the lock time. While that waits for the writers that are under way, for one second at most, others queue behind it.
 *
 * <p>Only InnoDB tables are compared: other engines' reads are not of one moment.
 */
package distributedmysql.monitor.table;
