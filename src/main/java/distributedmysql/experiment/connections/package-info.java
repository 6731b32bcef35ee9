/**
 * What the primary does at its connection limit: a closed load of rising numbers of connections, up to the limit and beyond where
 * the server is ours, and whether it is as before afterwards.
 */
package distributedmysql.experiment.connections;
