package distributedmysql.check;

import java.util.Locale;

/**
 * A time in which a server answered nothing, although requests were sent to it and the client's machine ran.
 *
 * @param server what was asked, for instance {@code the replicas}
 * @param seconds how long at least
 * @param longestStallMillis how late a sleeping thread of the client woke up at worst, meanwhile
 */
public record ServerSilence(String server, double seconds, double longestStallMillis) {
    /** Shorter ones a busy machine can make by itself. */
    public static final double LEAST_SECONDS = 1;

    /** All answers are late by so many of the worst stalls in a row only if something else holds them. */
    private static final double LEAST_OF_STALLS = 3;

    /** Whether the client's machine cannot have made it. */
    public boolean isOfTheServer() {
        return seconds >= LEAST_SECONDS && seconds * 1_000 >= LEAST_OF_STALLS * longestStallMillis;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s answered nothing for at least %.1f s, while no thread of this machine was late by more than %.0f ms",
                server,
                seconds,
                longestStallMillis);
    }
}
