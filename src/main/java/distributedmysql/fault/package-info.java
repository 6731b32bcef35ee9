/**
 * Faults and how they are undone, the {@link distributedmysql.fault.Nemesis} that schedules and records them, and the
 * {@link distributedmysql.topology.replicator.CommandedFailover} that a dead primary needs. Only servers that the framework started are harmed.
 */
package distributedmysql.fault;
