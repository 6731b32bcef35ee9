/**
 * Who makes a replica the primary, and how the servers replicate meanwhile: {@link
 * distributedmysql.topology.replicator.Replicator}, of servers whose roles the framework commands or only observes.
 */
package distributedmysql.topology.replicator;
