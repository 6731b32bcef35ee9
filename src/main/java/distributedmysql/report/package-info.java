/** What a run leaves behind: the JSON summary, the console's table, and the recorders that feed them. */
package distributedmysql.report;
