package distributedmysql.topology.external;

import distributedmysql.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the user of servers that are not ours should know before anything is sent: how much, how long, and what never. */
final class Announcement {
    private final Settings settings;

    private Announcement(Settings settings) {
        this.settings = settings;
    }

    /** Lines for the console; of what this run plays only. */
    static List<String> of(Settings settings) {
        return new Announcement(settings).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        settings.ofPlayed().forEach(experiment -> lines.addAll(experiment.announcement(settings)));
        String rates = settings.requestsPerSecond().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        lines.add("at rates of their own, at most so many requests per second arrive, all servers together: "
                + (rates.isEmpty() ? "none" : rates));
        lines.add("besides, as far as external.max-rate = "
                + settings.external().maxRate() + " has room in each second: " + String.join(", ", waiting()));
        lines.add("not counted, on top of external.max-rate: administration (" + String.join(", ", administration())
                + ")");
        lines.add(
                "never: another database written to, an account, a global variable or a replication setting changed, FLUSH,"
                        + " a global lock" + (settings.killsExternalServers() ? "" : ", a server stopped"));
        return lines;
    }

    /** What has no rate: it is sent as fast as it is answered, and waits for its turn. */
    private List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        if (!settings.readOnly()) {
            waiting.add("loading the data");
        }
        settings.ofPlayed().forEach(experiment -> waiting.addAll(experiment.waiting(settings)));
        waiting.add("opening and closing connections");
        return waiting;
    }

    private List<String> administration() {
        List<String> what = new ArrayList<>(List.of("the checks before the run"));
        if (!settings.readOnly()) {
            what.add("making and dropping the database");
            what.add("waiting for the replicas");
        }
        what.add("reading the servers' counts");
        what.add("ending statements that take too long");
        if (settings.killsExternalServers()) {
            what.add("looking for the death of the primary and for a promotion");
        }
        return what;
    }
}
