/** Readings of the servers' own figures, at one moment or at an interval while load runs. Judges nothing. */
package distributedmysql.monitor;
