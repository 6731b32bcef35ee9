/**
 * The life of a run: settings, servers, experiments, checks, reports, end. A {@link distributedmysql.run.ClusterSimulation} opens a
 * {@link distributedmysql.run.TestRun}, which plays {@link distributedmysql.run.Experiment}s; it knows none of them by name.
 */
package distributedmysql.run;
