/**
 * What can be played, a package each, and the one list of them: {@link distributedmysql.experiment.Experiments}. None knows
 * another.
 */
package distributedmysql.experiment;
