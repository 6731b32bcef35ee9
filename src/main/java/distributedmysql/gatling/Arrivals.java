package distributedmysql.gatling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When the requests of an open load arrive. Gatling (3.15.1) starts users by the millisecond, all of one millisecond at
 * once, and what it does for each user costs more than a request. So of more than 200 requests per second, each user
 * stands for several, which do not wait for each other; and all are spread over the time until the next user, so that they
 * do not queue up behind each other where the load does not mean them to. Immutable.
 */
public final class Arrivals {
    private static final int MOST_USERS_PER_SECOND = 200;
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final double rate;
    private final int perUser;
    private final boolean random;

    private Arrivals(double rate, boolean random) {
        this.rate = rate;
        this.perUser = Math.max(1, (int) Math.ceil(rate / MOST_USERS_PER_SECOND));
        this.random = random;
    }

    /** As many in each stretch of time as in any other of the same length, at random times within it. */
    public static Arrivals even(double perSecond) {
        return new Arrivals(perSecond, false);
    }

    /** Independent of each other: a Poisson process, with exponentially distributed intervals. */
    public static Arrivals random(double perSecond) {
        return new Arrivals(perSecond, true);
    }

    /** How many users per second make that many requests per second. */
    public double users(double requestsPerSecond) {
        return requestsPerSecond / perUser;
    }

    public double users() {
        return users(rate);
    }

    /** The arrivals of one user's requests in nanoseconds from the user's start, in order; of random ones there may be none. */
    List<Long> next() {
        ThreadLocalRandom number = ThreadLocalRandom.current();
        List<Long> offsets = new ArrayList<>(perUser);
        double gap = SECOND / rate;
        if (random) {
            double window = perUser * gap;
            for (double at = exponential(number, gap); at < window; at += exponential(number, gap)) {
                offsets.add((long) at);
            }
        } else {
            for (int i = 0; i < perUser; i++) {
                offsets.add((long) ((i + number.nextDouble()) * gap));
            }
        }
        return offsets;
    }

    private static double exponential(ThreadLocalRandom number, double mean) {
        return -mean * Math.log(1 - number.nextDouble());
    }
}
