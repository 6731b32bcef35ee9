/**
 * Servers that are already there: found, verified and warned about before anything is written; never started, stopped or
 * reconfigured, unless the settings allow it and say how.
 */
package distributedmysql.topology.external;
