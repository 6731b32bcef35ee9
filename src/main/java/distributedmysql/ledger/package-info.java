/**
 * The numbered writes that most experiments are judged by. A {@link distributedmysql.ledger.LedgerLoad} writes rows, each with a
 * number of its own, and reads the newest ones, while the experiment does something to the servers. The
 * {@link distributedmysql.history.Ledger} holds what clients were told of each write, what readers saw, and which rows every node
 * holds in the end. {@link distributedmysql.ledger.LedgerChecks} compare these: no acknowledged write is lost, no failed one is
 * there, none was acknowledged twice, and all nodes hold the same rows; what is wrong is named by number.
 */
package distributedmysql.ledger;
