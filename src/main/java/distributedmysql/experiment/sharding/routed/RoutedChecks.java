package distributedmysql.experiment.sharding.routed;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.IdSet;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Whether each player is on its shard alone, with the saves that were acknowledged. Pure. */
final class RoutedChecks {
    static final String NAME = "saves on their shards";

    static final Meaning MEANING = new Meaning(
            "A player is not on the shard that it belongs to, or is on another one too, or has not the saves that its client was"
                    + " told are done, or a save and its log are not both there.",
            "No save was acknowledged, or a server could not be read in the end.",
            "Look up the named players on every shard; suspect whoever routes by another shard map than this run.");

    private RoutedChecks() {}

    /**
     * @param contents of each server that was read
     * @param shardOf of a player, from 0 on
     */
    static CheckResult check(Saves saves, List<Saves.Contents> contents, IntUnaryOperator shardOf) {
        List<String> wrong = new ArrayList<>();
        for (Saves.Contents node : contents) {
            add(wrong, node, "not there", missing(saves, node, shardOf));
            add(wrong, node, "of another shard", foreign(node, shardOf));
            add(wrong, node, "with fewer saves than were acknowledged", lost(saves, node));
            add(wrong, node, "with more saves than were sent", tooMany(saves, node));
            node.logs().ifPresent(logged -> {
                add(wrong, node, "with more or fewer logs than saves", unlike(saves, node, logged));
                if (logged.misplaced() > 0) {
                    wrong.add(node.node() + " (" + Shards.name(node.shard()) + "): "
                            + Plural.of(logged.misplaced(), "log") + " in the table of another day");
                }
            });
        }
        long acknowledged = IntStream.rangeClosed(1, saves.players())
                .mapToLong(saves::acknowledged)
                .sum();
        List<String> doubts = new ArrayList<>(saves.unread());
        if (acknowledged == 0) {
            doubts.add("no save was acknowledged");
        }
        return Evidence.judge(
                NAME,
                String.join("; ", wrong),
                String.join("; ", doubts),
                Plural.of(acknowledged, "acknowledged save") + " of " + Plural.of(saves.players(), "player") + " on "
                        + Plural.of(contents.size(), "server"));
    }

    private static void add(List<String> wrong, Saves.Contents node, String what, BitSet players) {
        if (!players.isEmpty()) {
            wrong.add(node.node() + " (" + Shards.name(node.shard()) + "): players " + what + ": " + IdSet.of(players));
        }
    }

    private static BitSet missing(Saves saves, Saves.Contents node, IntUnaryOperator shardOf) {
        return IntStream.rangeClosed(1, saves.players())
                .filter(player -> shardOf.applyAsInt(player) == node.shard())
                .filter(player -> !node.saves().containsKey(player))
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static BitSet foreign(Saves.Contents node, IntUnaryOperator shardOf) {
        return node.saves().keySet().stream()
                .mapToInt(Integer::intValue)
                .filter(player -> shardOf.applyAsInt(player) != node.shard())
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static BitSet lost(Saves saves, Saves.Contents node) {
        return own(saves, node)
                .filter(player -> node.saves().get(player) < saves.acknowledged(player))
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static BitSet tooMany(Saves saves, Saves.Contents node) {
        return own(saves, node)
                .filter(player -> node.saves().get(player) > saves.sent(player))
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static BitSet unlike(Saves saves, Saves.Contents node, Saves.Logged logged) {
        return own(saves, node)
                .filter(player ->
                        !node.saves().get(player).equals(logged.saves().getOrDefault(player, 0)))
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private static IntStream own(Saves saves, Saves.Contents node) {
        return node.saves().keySet().stream()
                .mapToInt(Integer::intValue)
                .filter(player -> player >= 1 && player <= saves.players());
    }
}
