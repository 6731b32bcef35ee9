/**
 * What is stored and what is asked: the database that is the framework's own, the game schema, its generated rows, and
 * the statements of the load with their mix.
 *
 * <p>Start with {@link distributedmysql.load.data.MarkedDatabase}, then {@link distributedmysql.load.data.DataLoader};
 * {@link distributedmysql.load.data.GameStatements} and {@link distributedmysql.load.data.GameFeeder} make the load.
 * Knows JDBC, but neither Gatling nor any engine that sends the statements.
 */
package distributedmysql.load.data;
