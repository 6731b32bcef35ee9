/**
 * What a read is worth under each strategy, how long a write takes to become visible, which guarantees a session has, how far the
 * replicas lag, and whether all servers hold the same rows in the end; all under a mixed load.
 *
 * <p>Every write and read of the probes is recorded in a history, which is judged afterwards, and can be judged again. On servers
 * that may only be read, lag and tables are all.
 */
package distributedmysql.experiment.consistency;
