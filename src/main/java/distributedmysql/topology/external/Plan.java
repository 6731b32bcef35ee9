package distributedmysql.topology.external;

import distributedmysql.config.Plural;
import distributedmysql.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** For the console: what a run will do to servers that are not ours, and what not. */
final class Plan {
    private Plan() {}

    static List<String> of(Settings settings) {
        List<String> lines = new ArrayList<>();
        lines.add("as " + settings.external().user() + ", TLS "
                + settings.connection().sslMode().label() + ", up to "
                + Plural.of(settings.connection().poolSize(), "connection") + " to each server"
                + " (external.max-connections = " + settings.external().maxConnections() + ", external.max-rate = "
                + settings.external().maxRate() + ")");
        if (settings.readOnly()) {
            lines.add("external.read-only: writes nothing, every session is READ ONLY; what needs a write is not run");
        } else {
            lines.addAll(ofWriting(settings));
        }
        lines.addAll(Announcement.of(settings));
        return lines;
    }

    private static List<String> ofWriting(Settings settings) {
        boolean several = settings.shards() > 1;
        return List.of(
                "writes only into the database " + settings.data().database()
                        + (several ? " of each shard" : "")
                        + ", which it makes and marks as its own, and "
                        + (settings.external().keepData() ? "keeps (external.keep-data)" : "drops at the end")
                        + "; changes no global variable and no account"
                        + (settings.killsExternalServers()
                                ? "; external.allow-faults: kills the primary, by external.hooks.kill"
                                : "; harms no server"),
                "free disk space cannot be asked for with SQL; the load needs about " + megabytes(settings)
                        + " MB on each server, and as much again for binary logs");
    }

    /** The data, and room for what the load adds: a run of scale 1 leaves some 60 MB. */
    private static long megabytes(Settings settings) {
        return Math.round(50 + 50 * settings.data().scale());
    }
}
