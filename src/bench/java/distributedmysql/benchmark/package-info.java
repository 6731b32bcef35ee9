/**
 * The framework measured against other load generators: same server, same table, same statements, same connections,
 * one generator after the other, again and again. {@link distributedmysql.benchmark.Benchmark} is the command;
 * docs/benchmark.md says what it compares.
 */
package distributedmysql.benchmark;
