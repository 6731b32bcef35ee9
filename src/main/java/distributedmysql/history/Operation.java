package distributedmysql.history;

/**
 * One statement of a probe, recorded when it has ended. Keys are versioned registers: the writes of a key are numbered
 * 1, 2, 3, …, without a gap, whatever their outcomes; version 1 is the insert. A key has one writer at a time; another
 * one takes over only after the write before has been acknowledged. A number is never used again, not even after a
 * failure: only then can a checker tell which write a read has seen.
 */
public sealed interface Operation permits Write, Read {
    /** Who, where and when. */
    Invocation call();

    /** How it ended. An operation that was still under way when the run ended is {@link Outcome#UNKNOWN}. */
    Completion ending();
}
