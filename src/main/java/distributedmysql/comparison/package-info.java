/**
 * Runs compared with runs, by what their JSON summaries declare as metrics: whether the new ones are worse, how surely, and what
 * could have been seen at all. Knows no experiment. It reads reports and writes tables; the statistics are in
 * {@link distributedmysql.statistics}.
 */
package distributedmysql.comparison;
