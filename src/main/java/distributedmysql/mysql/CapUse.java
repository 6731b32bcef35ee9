package distributedmysql.mysql;

/**
 * What a {@link RateCap} let pass in a time.
 *
 * @param requests that were sent
 * @param waited how many of them had to wait
 * @param waitNanos how long, all together
 * @param timeShare in what share of the time somebody waited, from 0 to 1
 */
public record CapUse(int maxRate, long requests, long waited, long waitNanos, double timeShare) {
    /** From here on it is in the 99th percentile of the latencies. */
    private static final double LEAST_SHARE = 0.01;

    /** Whether it was the cap that limited what was measured. */
    public boolean limited() {
        return waited > 0 && waited >= LEAST_SHARE * requests;
    }
}
