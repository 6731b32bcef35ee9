package distributedmysql.history;

import java.util.Objects;

/**
 * A read of one key on one node.
 *
 * @param after the acknowledged write that this read was planned to follow; {@link After#NOTHING} only for the probes
 *     {@link Probe#SESSION} and {@link Probe#FINAL_READ}
 * @param answer what the row showed; {@link Answer#NONE} if and only if the read did not end {@link Outcome#OK}
 * @param gtidWait what waiting for a GTID cost, or {@link GtidWait#NONE}
 */
public record Read(Invocation call, Completion ending, Strategy strategy, After after, Answer answer, GtidWait gtidWait)
        implements Operation {
    /**
     * An acknowledged write of the same key.
     *
     * @param acknowledgedMicros when the client got the acknowledgement
     * @param delayMicros how long after that the read was planned; what it came to is the difference of the times
     */
    public record After(long version, long acknowledgedMicros, long delayMicros) {
        public static final After NOTHING = new After(0, 0, 0);
    }

    /**
     * What a read showed.
     *
     * @param version the row's version; 0 if there was no row
     * @param intact whether the row's MD5 is that of its content
     */
    public record Answer(long version, boolean intact) {
        /** No answer came. */
        public static final Answer NONE = new Answer(-1, true);
        /** The answer was that there is no such row. */
        public static final Answer MISSING = new Answer(0, true);
    }

    /**
     * A wait for a GTID before the read. A read whose wait timed out was not made under the strategy, whether it was
     * sent nevertheless or not: it is counted as timed out and as nothing else.
     */
    public record GtidWait(long waitedMicros, boolean timedOut) {
        public static final GtidWait NONE = new GtidWait(0, false);
    }

    /** @throws IllegalArgumentException if an answer and the outcome, or the times, contradict each other */
    public Read {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(gtidWait, "gtidWait");
        if (ending.isOk() == answer.equals(Answer.NONE)) {
            throw new IllegalArgumentException(ending.outcome() + " with answer " + answer);
        }
        boolean follows = call.probe() == Probe.DELAYED_READ || call.probe() == Probe.POLL;
        if (follows && after.version() < 1) {
            throw new IllegalArgumentException("a " + call.probe().label() + " that follows no write");
        }
        if (answer.version() < -1) {
            throw new IllegalArgumentException("version " + answer.version() + ": must be 0 or more");
        }
        if (call.invokeMicros() < after.acknowledgedMicros()) {
            throw new IllegalArgumentException("planned after a write acknowledged at " + after.acknowledgedMicros()
                    + " µs, but invoked at " + call.invokeMicros() + " µs");
        }
    }

    /** Answered under the strategy that was asked for: an answer came, and a wait for a GTID did not time out. */
    public boolean isAnswered() {
        return ending.isOk() && !gtidWait.timedOut();
    }

    /** Answered, and not by a row that is damaged: its version can be believed. */
    public boolean isTrustworthy() {
        return isAnswered() && answer.intact();
    }
}
