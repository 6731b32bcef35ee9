/**
 * What runs: a {@link distributedmysql.topology.Topology} starts or finds the servers and returns a
 * {@link distributedmysql.topology.Deployment} of {@link distributedmysql.topology.ReplicaSet}s.
 */
package distributedmysql.topology;
