/**
 * Transfers across shards: money that is moved from an account on one shard to an account on another, by clients some of which are
 * killed in the middle.
 *
 * <p>Two ways are played one after the other. <em>Without protection</em>, the two shards commit one after the other, and who dies
 * between the two has made money vanish. <em>With XA</em>, both shards prepare, the decision is written to one of them, and then both
 * commit: what a dead client leaves behind is prepared, keeps its rows locked, and is resolved by a {@link
 * distributedmysql.experiment.sharding.transfers.Recovery} by that decision. Each half of a transfer leaves a row with its number in
 * the same local transaction, so that what is missing is named.
 *
 * <p>It proves that the sum of all balances is conserved, but for the amounts of the transfers whose client was killed between the two
 * unprotected commits: exactly these, by number. It measures what XA costs.
 */
package distributedmysql.experiment.sharding.transfers;
