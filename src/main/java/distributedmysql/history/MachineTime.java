package distributedmysql.history;

/**
 * What the client's machine did in a stretch of time. Shares of time are in percent of the stretch. {@link Double#NaN} is what
 * this system does not tell, and never 0.
 *
 * @param seconds how long the stretch was
 * @param memoryPercent time in which some process waited for memory
 * @param swappedPages pages that were read from swap
 * @param throttledPercent time in which the container was not let run because it had used up its processor limit
 * @param collectionPercent time in which the JVM stood still for garbage collection
 * @param longestStallMillis how late a sleeping thread of the JVM woke up at worst
 */
public record MachineTime(
        double seconds,
        Processors processors,
        double memoryPercent,
        double swappedPages,
        double throttledPercent,
        double collectionPercent,
        double longestStallMillis) {

    /**
     * Who took the processors, in percent of all processors of the machine and of the whole stretch.
     *
     * @param busy all processes
     * @param client the JVM that makes the load
     * @param servers those under test that are on this machine; NaN also if none is
     * @param others all processes but these, without the kernel's interrupts, which are nobody's; NaN also if servers are on this machine that cannot be told from other processes
     * @param steal what the host took for other virtual machines; no part of {@code busy}
     */
    public record Processors(double busy, double client, double servers, double others, double steal) {
        public boolean hasServers() {
            return !Double.isNaN(servers);
        }

        /** Of this JVM and the servers under test. */
        public double own() {
            return client + (hasServers() ? servers : 0);
        }
    }

    /** The same for a part of the stretch: what was taken was taken evenly. */
    public MachineTime part(double share) {
        return new MachineTime(
                seconds * share,
                processors,
                memoryPercent,
                swappedPages * share,
                throttledPercent,
                collectionPercent,
                longestStallMillis);
    }
}
