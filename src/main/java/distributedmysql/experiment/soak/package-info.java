/**
 * Whether servers and client stay healthy over time: a mixed load at a fixed rate, in which throughput and latency may not drift,
 * and memory, threads, files, connections and statements may not grow.
 */
package distributedmysql.experiment.soak;
