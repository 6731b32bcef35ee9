package distributedmysql.monitor;

/** A span of {@link System#nanoTime()} in which a load ran. */
public record LoadTime(long fromNanos, long toNanos) {
    /** The end itself is not in it. */
    public boolean contains(long nanos) {
        return nanos - fromNanos >= 0 && nanos - toNanos < 0;
    }
}
