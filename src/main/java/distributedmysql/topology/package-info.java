/**
 * What runs: a {@link distributedmysql.topology.Topology} starts or finds the servers and returns a
 * {@link distributedmysql.topology.Cluster} of {@link distributedmysql.mysql.Node}s.
 */
package distributedmysql.topology;
