package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One shard when the run ended, and what it has done. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("One shard when the run ended, and what it has done in the steady states of all stages.")
public record ShardReport(
        @JsonPropertyDescription("Its name within this report, for instance shard1.")
        String shard,

        @JsonPropertyDescription("The node that is its primary.")
        String primary,

        @JsonPropertyDescription("The nodes that are its replicas.")
        List<String> replicas,

        @JsonPropertyDescription("Rows of the framework's tables on its primary; absent if it could not be asked.")
        @Nullable
        Long rows,

        @JsonPropertyDescription("Bytes of these tables and their indexes; absent if it could not be asked.") @Nullable
        Long bytes,

        @JsonPropertyDescription("Requests to it, and parts of requests to several shards.")
        long requests,

        @JsonPropertyDescription("Those that failed.") long errors,

        @JsonPropertyDescription("Those that succeeded, per second of steady state; absent without one.") @Nullable
        Double requestsPerSecond) {
    private static final double MEBI = 1 << 20;
    private static final String LINE = "%-10s%-18s%-26s%12s%12s%14s%9s";

    private record Size(long rows, long bytes) {}

    /**
     * Asks each primary how much it has; one that does not answer is left without. Null where there is one replica set.
     *
     * @param database the framework's own
     */
    public static @Nullable List<ShardReport> read(Deployment deployment, String database, List<Stage> stages) {
        Shards shards = deployment.shards();
        return shards.areSeveral()
                ? IntStream.range(0, shards.all().size())
                        .mapToObj(shard -> of(Shards.name(shard), shards.all().get(shard), database, stages))
                        .toList()
                : null;
    }

    private static ShardReport of(String name, ReplicaSet set, String database, List<Stage> stages) {
        Size size = size(set.primary(), database);
        List<Stage.ShardStats> counted = stages.stream()
                .filter(stage -> stage.byShard() != null)
                .flatMap(stage -> stage.byShard().stream())
                .filter(stats -> stats.shard().equals(name))
                .toList();
        long requests = counted.stream().mapToLong(Stage.ShardStats::requests).sum();
        long errors = counted.stream().mapToLong(Stage.ShardStats::errors).sum();
        double seconds = stages.stream().mapToDouble(Stage::steadySeconds).sum();
        return new ShardReport(
                name,
                set.primary().name(),
                set.replicas().stream().map(Node::name).toList(),
                size == null ? null : size.rows,
                size == null ? null : size.bytes,
                requests,
                errors,
                seconds == 0 ? null : (requests - errors) / seconds);
    }

    private static @Nullable Size size(Node primary, String database) {
        try {
            return Mysql.ask(primary, "read the size of database " + database, session -> {
                long rows = 0;
                for (String table : session.texts(
                        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
                        database)) {
                    rows += session.number("SELECT COUNT(*) FROM " + MarkedDatabase.quoted(database) + "."
                            + MarkedDatabase.quoted(table));
                }
                return new Size(
                        rows,
                        session.number(
                                "SELECT COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) FROM information_schema.TABLES"
                                        + " WHERE TABLE_SCHEMA = ?",
                                database));
            });
        } catch (TopologyException e) {
            return null;
        }
    }

    /** A table of all, for the console. */
    static List<String> lines(List<ShardReport> shards) {
        return IntStream.range(-1, shards.size())
                .mapToObj(i -> i < 0
                        ? String.format(
                                Locale.ROOT,
                                LINE,
                                "Shard",
                                "primary",
                                "replicas",
                                "rows",
                                "MiB",
                                "requests/s",
                                "errors")
                        : shards.get(i).line())
                .toList();
    }

    private String line() {
        return String.format(
                Locale.ROOT,
                LINE,
                shard,
                primary,
                Texts.shortened(String.join(", ", replicas), 25),
                rows == null ? "-" : String.format(Locale.ROOT, "%,d", rows),
                bytes == null ? "-" : String.format(Locale.ROOT, "%.1f", bytes / MEBI),
                requestsPerSecond == null ? "-" : String.format(Locale.ROOT, "%.1f", requestsPerSecond),
                errors);
    }
}
