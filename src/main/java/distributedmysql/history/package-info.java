/** What happened, as data: operations, their outcomes and the saved history. Knows neither JDBC nor Gatling. */
package distributedmysql.history;
