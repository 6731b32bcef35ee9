package distributedmysql.experiment.backup;

/**
 * Something that took a time of the run.
 *
 * @param fromMicros on the run's clock
 * @param toMicros likewise; the end itself is not in it
 */
record Span(String name, long fromMicros, long toMicros) {
    boolean contains(long micros) {
        return micros >= fromMicros && micros < toMicros;
    }

    double seconds() {
        return (toMicros - fromMicros) / 1e6;
    }

    /** What of it is in another one; nothing, at its beginning, if they do not meet. */
    Span within(long from, long to) {
        long begin = Math.max(fromMicros, from);
        return new Span(name, begin, Math.max(begin, Math.min(toMicros, to)));
    }
}
