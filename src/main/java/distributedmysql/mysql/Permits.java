package distributedmysql.mysql;

/** The permits of a {@link RateCap}: how many are held, and when each comes back. Not thread-safe. */
final class Permits {
    static final long UNKNOWN = Long.MAX_VALUE;

    /** Of a request that was sent; in a list by the time of sending until it is answered. */
    static final class Permit {
        private long sent;
        private Permit before;
        private Permit after;
        private boolean answered;
    }

    private final int all;
    private final long answerNanos;
    /** Reserved, under way, or answered less than a second ago. */
    private int held;

    private Permit oldest;
    private Permit newest;
    /** When those that were answered were; a ring. */
    private long[] answers = new long[64];

    private int first;
    private int count;

    /** @param answerNanos a request that is not answered by then counts as answered */
    Permits(int all, long answerNanos) {
        this.all = all;
        this.answerNanos = answerNanos;
    }

    /** @return 0 if so many are free; nanoseconds until they will be, or {@link #UNKNOWN} */
    long untilFree(int wanted, long now) {
        takeBack(now);
        int lacking = held + wanted - all;
        if (lacking <= 0) {
            return 0;
        }
        return lacking > count ? UNKNOWN : Math.max(1, answer(lacking - 1) + RateCap.SECOND_NANOS - now);
    }

    private void takeBack(long now) {
        while (oldest != null && now - oldest.sent > answerNanos) {
            answered(oldest, now);
        }
        while (count > 0 && now - answer(0) > RateCap.SECOND_NANOS) {
            first = (first + 1) % answers.length;
            count--;
            held--;
        }
    }

    /** More than are free are taken too. */
    void take(int permits) {
        held += permits;
    }

    void giveBack(int permits) {
        held -= permits;
    }

    /** One that was taken is sent. */
    Permit sent(long now) {
        Permit permit = new Permit();
        permit.sent = now;
        permit.before = newest;
        if (newest == null) {
            oldest = permit;
        } else {
            newest.after = permit;
        }
        newest = permit;
        return permit;
    }

    /** Does nothing the second time. */
    void answered(Permit permit, long now) {
        if (permit.answered) {
            return;
        }
        permit.answered = true;
        if (permit.before == null) {
            oldest = permit.after;
        } else {
            permit.before.after = permit.after;
        }
        if (permit.after == null) {
            newest = permit.before;
        } else {
            permit.after.before = permit.before;
        }
        add(now);
    }

    private void add(long answer) {
        if (count == answers.length) {
            long[] more = new long[2 * count];
            for (int i = 0; i < count; i++) {
                more[i] = answer(i);
            }
            answers = more;
            first = 0;
        }
        answers[(first + count++) % answers.length] = answer;
    }

    private long answer(int number) {
        return answers[(first + number) % answers.length];
    }
}
