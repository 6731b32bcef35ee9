/**
 * What load is sent over: a pool of connections and its threads for each server, and the feeder that gives each virtual user
 * its route; what a request sends and brings back, and what an SQL error means. What is asked and stored is in
 * {@link distributedmysql.load.data}, what is counted meanwhile in {@link distributedmysql.load.record}.
 */
package distributedmysql.load;
