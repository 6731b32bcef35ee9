/**
 * Conflicting writes of a group in multi-primary mode: how many transactions the group's certification rolls back, by how many keys
 * the members' clients have in common.
 *
 * <p>Clients on every member increment counters of a shared set, one after the other. Members decide after the fact: a transaction
 * that was executed on one member before another member's on the same row has come there is rolled back at its commit. It measures
 * transactions per second, the share of such rollbacks, and how long both take. It proves that each acknowledged increment is in its
 * counter on every member, once, and that no other one is, but for those whose end nobody knows.
 */
package distributedmysql.experiment.writeconflicts;
