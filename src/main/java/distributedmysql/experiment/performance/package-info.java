/**
 * How much load the servers carry, at which latency, and where they break: reads by primary key on the replicas at rising rates
 * and a game's mix of reads and writes at a fixed one (open model), and reads by rising numbers of connections (closed model).
 *
 * <p>It proves that the rates were achieved, that few enough requests failed, that no server was silent, and that the servers
 * executed what the client says it sent.
 */
package distributedmysql.experiment.performance;
