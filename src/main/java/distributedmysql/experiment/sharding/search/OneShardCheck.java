package distributedmysql.experiment.sharding.search;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether the join's SQL, sent to one shard, misses exactly the rows that it must miss there: the control, which shows that rows are
 * shared out, and that nobody is told of it. Pure.
 */
final class OneShardCheck {
    static final String NAME = "join sent to one shard";
    static final Meaning MEANING = new Meaning(
            "A shard, asked for a join alone, gave other rows than those whose player and guild both belong to it.",
            "No shard was asked, one did not answer, or all rows belong to one shard.",
            "Look for the row that the evidence names: it was lost, or is on a shard that it does not belong to.");

    private OneShardCheck() {}

    /** @param joins what each shard answered, in their order */
    static CheckResult check(GuildData data, ShardMap map, List<OneShardJoin> joins) {
        List<String> wrong = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (int shard = 0; shard < joins.size(); shard++) {
            OneShardJoin join = joins.get(shard);
            if (join.isMissing()) {
                failures.add(Shards.name(shard) + " gave no answer: " + join.failure());
            } else {
                wrong.addAll(findings(data, map, shard, join));
            }
        }
        String figures = figures(data, joins);
        if (!wrong.isEmpty()) {
            return CheckResult.invalid(NAME, Findings.of(wrong) + "; " + figures);
        }
        if (!failures.isEmpty()) {
            return CheckResult.unknown(NAME, Doubt.SERVERS_FAILED, String.join("; ", failures) + "; " + figures);
        }
        return joins.isEmpty() || missed(data, joins) == 0
                ? CheckResult.unknown(NAME, figures)
                : CheckResult.valid(NAME, figures);
    }

    /** Rows that none of the shards that answered gives, whichever is asked. */
    static long missed(GuildData data, List<OneShardJoin> joins) {
        return data.players().size()
                - joins.stream()
                        .flatMap(join -> join.rows().stream())
                        .map(row -> row.player().id())
                        .distinct()
                        .count();
    }

    private static List<String> findings(GuildData data, ShardMap map, int shard, OneShardJoin join) {
        List<String> findings = new ArrayList<>();
        Map<Long, OneShardJoin.Row> rows = new HashMap<>();
        join.rows().forEach(row -> rows.put(row.player().id(), row));
        for (Player player : data.players()) {
            boolean due = map.shardOf(player.id()) == shard && map.shardOf(player.guild()) == shard;
            OneShardJoin.Row row = rows.remove(player.id());
            String guildName = data.guild(player.guild()).orElseThrow().name();
            if (row != null && !(row.player().equals(player) && row.guildName().equals(guildName))) {
                findings.add(player + " on " + Shards.name(shard) + " is "
                        + row.player().content() + " in " + row.guildName() + " instead of " + player.content() + " in "
                        + guildName);
            } else if (due && row == null) {
                findings.add(player + " and its guild " + player.guild() + " belong to " + Shards.name(shard)
                        + ", whose join lacks them");
            } else if (!due && row != null) {
                findings.add(player + " (of " + Shards.name(map.shardOf(player.id())) + ") and its guild "
                        + player.guild() + " (of " + Shards.name(map.shardOf(player.guild())) + ") are both on "
                        + Shards.name(shard));
            }
        }
        rows.keySet().forEach(id -> findings.add("player " + id + " on " + Shards.name(shard) + " was never loaded"));
        return findings;
    }

    private static String figures(GuildData data, List<OneShardJoin> joins) {
        return IntStream.range(0, joins.size())
                        .filter(shard -> !joins.get(shard).isMissing())
                        .mapToObj(shard -> joins.get(shard).rows().size() + " on " + Shards.name(shard))
                        .collect(Collectors.joining(", ", "without an error, the join's SQL gives ", ""))
                + " of " + Plural.of(data.players().size(), "row") + "; " + missed(data, joins) + " are on none";
    }
}
