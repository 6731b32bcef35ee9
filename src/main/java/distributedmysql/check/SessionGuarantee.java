package distributedmysql.check;

import distributedmysql.history.Strategy;

/**
 * One guarantee under one read strategy.
 *
 * @param required whether one violation is INVALID; else violations are a measurement
 * @param samples the reads that could have violated it
 * @param firstViolation null if there is none
 */
public record SessionGuarantee(
        Guarantee guarantee,
        Strategy strategy,
        boolean required,
        long samples,
        long violations,
        CounterExample firstViolation) {

    /**
     * A read that violates a guarantee.
     *
     * @param process who read
     * @param expectedVersion the read had to show this version or a later one
     * @param because why
     * @param observedVersion what it showed; 0 if there was no row
     */
    public record CounterExample(
            long process,
            long key,
            long expectedVersion,
            String because,
            long observedVersion,
            String node,
            long invokeMicros,
            long completeMicros) {

        @Override
        public String toString() {
            String observed = observedVersion == 0 ? "no row" : "version " + observedVersion;
            return "process " + process + " read " + observed + " of key " + key + " on " + node + " from "
                    + Evidence.seconds(invokeMicros) + " to " + Evidence.seconds(completeMicros) + ", but version "
                    + expectedVersion + " or later was due: " + because;
        }
    }
}
