package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.load.record.StageMeasurement;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One shard when the run ended, and what it has done. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "One shard when the run ended, and what it has done in the steady states of all stages that have byShard, and in loads"
                + " that are no stages: transfers across shards, and the writes while a shard is added.")
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

        @JsonPropertyDescription("Those that succeeded, per second of all these loads; absent if there were none.")
        @Nullable
        Double requestsPerSecond) {
    private static final double MEBI = 1 << 20;
    private static final String LINE = "%-10s%-18s%-26s%12s%12s%14s%9s";

    private record Size(long rows, long bytes) {}

    /**
     * Asks each primary how much it has; one that does not answer is left without. Null where there is one replica set.
     *
     * @param database the framework's own
     * @param loads those that are no stages
     */
    public static @Nullable List<ShardReport> read(
            Deployment deployment, String database, List<Stage> stages, List<CountedLoad> loads) {
        Shards shards = deployment.shards();
        return shards.areSeveral()
                ? IntStream.range(0, shards.all().size())
                        .mapToObj(shard -> of(
                                Shards.name(shard),
                                shards.all().get(shard),
                                size(shards.all().get(shard).primary(), database),
                                Got.of(shard, stages, loads)))
                        .toList()
                : null;
    }

    /**
     * What a shard got.
     *
     * @param seconds of all loads, whether it got something of each or not
     */
    record Got(long requests, long errors, double seconds) {
        static Got of(int shard, List<Stage> stages, List<CountedLoad> loads) {
            Got got = new Got(0, 0, 0);
            for (Stage stage : stages) {
                if (stage.byShard() != null) {
                    double seconds = stage.steadySeconds();
                    got = got.and(stage.ofShard(Shards.name(shard))
                            .map(stats -> new Got(stats.requests(), stats.errors(), seconds))
                            .orElseGet(() -> new Got(0, 0, seconds)));
                }
            }
            for (CountedLoad load : loads) {
                List<StageMeasurement.Requests> all = load.byShard();
                boolean asked = shard < all.size();
                got = got.and(new Got(
                        asked ? all.get(shard).count() : 0,
                        asked ? all.get(shard).failed() : 0,
                        load.seconds()));
            }
            return got;
        }

        private Got and(Got other) {
            return new Got(requests + other.requests, errors + other.errors, seconds + other.seconds);
        }

        private @Nullable Double perSecond() {
            return seconds == 0 ? null : (requests - errors) / seconds;
        }
    }

    private static ShardReport of(String name, ReplicaSet set, @Nullable Size size, Got got) {
        return new ShardReport(
                name,
                set.primary().name(),
                set.replicas().stream().map(Node::name).toList(),
                size == null ? null : size.rows,
                size == null ? null : size.bytes,
                got.requests,
                got.errors,
                got.perSecond());
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

    /** A table of all, for the console; and which stages are in none of its figures, because all of them went to one shard. */
    static List<String> lines(List<ShardReport> shards, List<Stage> stages) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, LINE, "Shard", "primary", "replicas", "rows", "MiB", "requests/s", "errors"));
        shards.forEach(shard -> lines.add(shard.line()));
        List<String> without = stages.stream()
                .filter(stage -> stage.byShard() == null)
                .map(stage -> "\"" + stage.name() + "\"")
                .toList();
        if (!without.isEmpty()) {
            lines.add("  requests/s and errors are without " + String.join(", ", without));
        }
        return lines;
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
