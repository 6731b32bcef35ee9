/** Gatling's Action, Protocol and stats plumbing: the only place that touches Scala types. */
package distributedmysql.gatling.internal;
