/**
 * The DSL that simulations use: {@link distributedmysql.gatling.SqlDsl} for statements, and
 * {@link distributedmysql.gatling.ClusterSimulation}, which starts the servers and writes the report.
 */
package distributedmysql.gatling;
