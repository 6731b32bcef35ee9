package distributedmysql.check;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A time in which a server answered nothing, although requests were sent to it and the client's machine ran.
 *
 * @param server its name and address
 * @param from when it began
 * @param seconds how long at least
 * @param longestStallMillis how late a sleeping thread of the client woke up at worst, meanwhile
 */
public record ServerSilence(String server, Instant from, double seconds, double longestStallMillis) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Shorter ones a busy machine can make by itself. */
    public static final double LEAST_SECONDS = 1;

    public static final Meaning MEANING = new Meaning(
            "A server answered nothing for a second or more, although requests were sent to it and this machine ran.",
            "No stage of the open model was run.",
            "Look into that server's error log and the system's of that time: a stop of the process, storage that"
                    + " hangs, a network that was cut.");

    /** All answers are late by so many of the worst stalls in a row only if something else holds them. */
    private static final double LEAST_OF_STALLS = 3;

    /** Whether the client's machine cannot have made it. */
    public boolean isOfTheServer() {
        return seconds >= LEAST_SECONDS && seconds * 1_000 >= LEAST_OF_STALLS * longestStallMillis;
    }

    /** The name of its check. */
    public static String checkName(String stages) {
        return "server silence: " + stages;
    }

    /**
     * Whether the servers answered all the time, while requests were sent to them in the open model; INVALID if one of them did
     * not.
     *
     * @param watchedSeconds how long such requests were sent
     */
    public static CheckResult check(String name, double watchedSeconds, List<ServerSilence> silences) {
        String watched = String.format(Locale.ROOT, "in %.1f s of open load", watchedSeconds);
        if (watchedSeconds <= 0) {
            return CheckResult.unknown(name, "no stage of the open model was run");
        }
        return silences.isEmpty()
                ? CheckResult.valid(
                        name,
                        String.format(Locale.ROOT, "no server was silent for %.0f s or more, ", LEAST_SECONDS)
                                + watched)
                : CheckResult.invalid(
                        name,
                        silences.stream().map(ServerSilence::text).collect(Collectors.joining("; ")) + "; " + watched);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s answered nothing for at least %.1f s, from %s UTC on, while this machine's timers were at most %.0f ms"
                        + " late",
                server,
                seconds,
                TIME.format(from),
                longestStallMillis);
    }
}
