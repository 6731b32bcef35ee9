package distributedmysql.experiment.sharding.search;

import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with one search's answer, by what was loaded. */
final class JudgedAnswer {
    private final GuildData data;
    private final ShardMap map;
    private final int limit;
    private final Answer answer;
    /** The shards of each player, as often as it came. */
    private final Map<Long, List<Integer>> found = new HashMap<>();

    JudgedAnswer(GuildData data, ShardMap map, int limit, Answer answer) {
        this.data = data;
        this.map = map;
        this.limit = limit;
        this.answer = answer;
        for (int shard = 0; shard < answer.shards().size(); shard++) {
            for (Player player : answer.shards().get(shard).players()) {
                found.computeIfAbsent(player.id(), id -> new ArrayList<>()).add(shard);
            }
        }
    }

    /** Each in words; none if it is right. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        for (Player player : data.matching(answer.part())) {
            int home = map.shardOf(player.id());
            if (isDue(player, home)
                    && !found.getOrDefault(player.id(), List.of()).contains(home)) {
                findings.add(lacking(player, home));
            }
        }
        found.forEach((id, shards) -> strayed(id, shards).ifPresent(findings::add));
        for (int shard = 0; shard < answer.shards().size(); shard++) {
            for (Player player : answer.shards().get(shard).players()) {
                changed(player, shard).ifPresent(findings::add);
            }
        }
        return findings;
    }

    /** What comes after the last row of as many as there may be, is left out rightly. */
    private boolean isDue(Player player, int home) {
        Answer.Rows rows = answer.shards().get(home);
        return !rows.missing()
                && (rows.players().size() < limit
                        || Player.ORDER.compare(player, rows.players().get(limit - 1)) < 0);
    }

    private String lacking(Player player, int home) {
        List<Integer> elsewhere = found.getOrDefault(player.id(), List.of());
        return elsewhere.isEmpty()
                ? player + " is missing on " + Shards.name(home)
                : player + " is on " + names(elsewhere) + " instead of " + Shards.name(home);
    }

    /** On a shard that it does not belong to, apart from those that its own lacks. */
    private Optional<String> strayed(long id, List<Integer> shards) {
        Optional<Player> loaded = data.player(id);
        if (loaded.isEmpty()) {
            return Optional.of("player " + id + " is on " + names(shards) + ", and was never loaded");
        }
        int home = map.shardOf(id);
        List<Integer> elsewhere = new ArrayList<>(shards);
        boolean isHome = elsewhere.remove((Integer) home);
        if (elsewhere.isEmpty() || (!isHome && isDue(loaded.get(), home) && isLookedFor(loaded.get()))) {
            return Optional.empty();
        }
        return Optional.of(
                isHome
                        ? loaded.get() + " is on " + Shards.name(home) + ", and on " + names(elsewhere) + " too"
                        : loaded.get() + " is on " + names(elsewhere) + ", and belongs to " + Shards.name(home));
    }

    private boolean isLookedFor(Player player) {
        return player.name().contains(answer.part());
    }

    private Optional<String> changed(Player player, int shard) {
        return data.player(player.id())
                .filter(loaded -> !loaded.equals(player))
                .map(loaded -> player + " on " + Shards.name(shard) + " is " + player.content() + " instead of "
                        + loaded.content());
    }

    private static String names(List<Integer> shards) {
        return shards.stream().map(Shards::name).distinct().collect(Collectors.joining(", "));
    }
}
