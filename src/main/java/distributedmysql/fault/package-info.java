/**
 * Faults and how they are undone, and the {@link distributedmysql.fault.Nemesis} that schedules and records them. Only
 * servers that the framework started are harmed, or that the settings say may be killed.
 */
package distributedmysql.fault;
