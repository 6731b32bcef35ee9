package distributedmysql.topology.external;

import distributedmysql.config.ConsistencySettings;
import distributedmysql.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the user of servers that are not ours should know before anything is sent: how much, how long, and what never. */
final class Announcement {
    private Announcement() {}

    /** Lines for the console. */
    static List<String> of(Settings settings) {
        List<String> lines = new ArrayList<>();
        lines.add("asks for at most this many requests per second, all servers together: "
                + settings.requestsPerSecond().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")));
        if (settings.readOnly()) {
            lines.add(duration(settings.consistency()));
        }
        lines.add(
                "never: another database written to, an account, a global variable or a replication setting changed, FLUSH,"
                        + " a global lock" + (settings.external().allowFaults() ? "" : ", a server stopped"));
        return lines;
    }

    private static String duration(ConsistencySettings consistency) {
        return "takes " + seconds(consistency.duration())
                + " for the lag (consistency.duration), and then as long as the"
                + " tables need, in chunks of about "
                + consistency.tables().chunkTime().toMillis()
                + " ms, at most " + seconds(consistency.tables().deadline())
                + " for each table (consistency.tables.deadline)";
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
