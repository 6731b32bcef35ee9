package distributedmysql.experiment.consistency;

import distributedmysql.config.Settings;
import java.time.Duration;
import java.util.List;

/** What the users of servers that may only be read should know before. */
final class ReadOnlyWords {
    private ReadOnlyWords() {}

    static List<String> announcement(ConsistencySettings consistency, Settings settings) {
        ConsistencySettings.Tables tables = consistency.tables();
        List<String> databases = settings.external().compareDatabases();
        return List.of(
                "compares the tables of "
                        + (databases.isEmpty()
                                ? settings.data().database() + ", if an earlier run has kept it there"
                                : String.join(", ", databases))
                        + "; a row that seems to differ is locked FOR SHARE on the primary for at most "
                        + tables.lockTime().toMillis() + " ms (consistency.tables.lock-time)",
                "takes " + seconds(consistency.duration())
                        + " for the lag (consistency.duration), and then as long as the"
                        + " tables need, in chunks of about "
                        + tables.chunkTime().toMillis()
                        + " ms, at most " + seconds(tables.deadline())
                        + " for each table (consistency.tables.deadline)");
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
