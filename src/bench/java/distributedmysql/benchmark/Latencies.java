package distributedmysql.benchmark;

import distributedmysql.report.LatencySummary;

/** A distribution in microseconds. */
record Latencies(long p50, long p95, long p99, long max) {
    static Latencies of(LatencySummary summary) {
        return new Latencies(summary.p50(), summary.p95(), summary.p99(), summary.max());
    }
}
