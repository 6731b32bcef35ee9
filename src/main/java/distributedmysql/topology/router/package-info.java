/**
 * A router in front of a replica set, as applications have it: a writer and a reader endpoint on 127.0.0.1, whose checks ask
 * each server for its role. {@link distributedmysql.topology.router.HaProxy} is the process and its configuration,
 * {@link distributedmysql.topology.router.RoleChecks} answers its checks by what
 * {@link distributedmysql.topology.router.NodeRoles} hears from the servers.
 */
package distributedmysql.topology.router;
