package distributedmysql.comparison;

import distributedmysql.report.Metric;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a JSON summary says that matters for a comparison. Immutable.
 *
 * @param kind what must be equal for its figures to mean the same: simulation, profile, experiments and so on, by name
 * @param server version of the servers
 * @param settings those that may change a figure, by key
 * @param madeWith versions and commit of what measured, by name
 * @param metrics by name, in the order in which the run has them
 */
record ComparedRun(
        Path file,
        Instant start,
        Map<String, String> kind,
        String server,
        Map<String, String> settings,
        Map<String, String> madeWith,
        Map<String, Metric> metrics) {
    ComparedRun {
        kind = copy(kind);
        settings = copy(settings);
        madeWith = copy(madeWith);
        metrics = copy(metrics);
    }

    private static <T> Map<String, T> copy(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** All that may be why a metric changed. */
    Map<String, String> everything() {
        Map<String, String> everything = new LinkedHashMap<>(traits());
        everything.putAll(settings);
        everything.putAll(madeWith);
        return everything;
    }

    /** The kind and the version of the servers. */
    Map<String, String> traits() {
        Map<String, String> traits = new LinkedHashMap<>(kind);
        traits.put("server version", server);
        return traits;
    }
}
