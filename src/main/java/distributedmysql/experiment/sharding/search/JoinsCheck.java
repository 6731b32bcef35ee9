package distributedmysql.experiment.sharding.search;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Meaning;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether each join of a player with its guild gave what was loaded. Pure. */
final class JoinsCheck {
    static final String NAME = "joins across shards";
    static final Meaning MEANING = new Meaning(
            "A join of a player with its guild gave another answer than the rows that were loaded have, or none.",
            "Too few joins were answered.",
            "Look for the row that the evidence names, on its shard and on the others.");

    private JoinsCheck() {}

    static CheckResult check(GuildData data, ShardMap map, List<Joined> acrossShards, List<Joined> onOneServer) {
        List<String> wrong = Stream.concat(
                        acrossShards.stream().map(join -> acrossShards(data, map, join)),
                        onOneServer.stream().map(join -> onOneServer(data, join)))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        List<String> failures = Stream.concat(acrossShards.stream(), onOneServer.stream())
                .map(Joined::failure)
                .filter(Objects::nonNull)
                .toList();
        String figures = "joins across shards: " + acrossShards.size() + ", on one server: " + onOneServer.size()
                + (failures.isEmpty() ? "" : ", " + failures.size() + " failed: " + failures.get(0));
        if (!wrong.isEmpty()) {
            return CheckResult.invalid(NAME, Findings.of(wrong) + "; " + figures);
        }
        if (!failures.isEmpty()) {
            return CheckResult.unknown(NAME, Doubt.SERVERS_FAILED, figures);
        }
        return acrossShards.isEmpty() ? CheckResult.unknown(NAME, figures) : CheckResult.valid(NAME, figures);
    }

    private static Optional<String> acrossShards(GuildData data, ShardMap map, Joined join) {
        if (join.failure() != null) {
            return Optional.empty();
        }
        Player loaded = data.player(join.id()).orElseThrow();
        String shard = Shards.name(map.shardOf(join.id()));
        if (join.player() == null) {
            return Optional.of(loaded + " is missing on " + shard);
        }
        if (!join.player().equals(loaded)) {
            return Optional.of(
                    loaded + " on " + shard + " is " + join.player().content() + " instead of " + loaded.content());
        }
        Guild guild = data.guild(loaded.guild()).orElseThrow();
        String guildShard = Shards.name(map.shardOf(guild.id()));
        if (join.guild() == null) {
            return Optional.of(guild + " of " + loaded + " is missing on " + guildShard);
        }
        return join.guild().equals(guild)
                ? Optional.empty()
                : Optional.of(
                        guild + " on " + guildShard + " is " + join.guild().name() + " instead of " + guild.name());
    }

    private static Optional<String> onOneServer(GuildData data, Joined join) {
        Player loaded = data.player(join.id()).orElseThrow();
        Guild guild = data.guild(loaded.guild()).orElseThrow();
        boolean right = loaded.equals(join.player()) && guild.equals(join.guild());
        return join.failure() != null || right
                ? Optional.empty()
                : Optional.of(loaded + " is not joined as it was loaded on the server that has all rows");
    }
}
