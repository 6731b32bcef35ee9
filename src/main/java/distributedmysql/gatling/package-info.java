/** The DSL that simulations use for statements, {@link distributedmysql.gatling.SqlDsl}, and the engines that load servers. */
package distributedmysql.gatling;
