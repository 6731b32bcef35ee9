/**
 * Statistics that know nothing of MySQL: figures in, figures out. What a package of ours computes by hand is there because no
 * library has it; distributions, tests and optimizers are those of Commons Statistics and Hipparchus.
 */
package distributedmysql.statistics;
