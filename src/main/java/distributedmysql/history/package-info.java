/**
 * What happened, as data: operations and their outcomes, the ledger, promotions, series of readings, and the saved history.
 * Knows neither JDBC nor Gatling.
 */
package distributedmysql.history;
