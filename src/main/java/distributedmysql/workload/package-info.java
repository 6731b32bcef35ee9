/**
 * What is stored and what is asked: the database that is the framework's own, the game schema, its generated rows, and
 * the statements of the load with their mix.
 *
 * <p>Start with {@link distributedmysql.workload.MarkedDatabase}, then {@link distributedmysql.workload.DataLoader};
 * {@link distributedmysql.workload.GameStatements} and {@link distributedmysql.workload.GameFeeder} make the load.
 * Knows JDBC, but neither Gatling nor any engine that sends the statements.
 */
package distributedmysql.workload;
