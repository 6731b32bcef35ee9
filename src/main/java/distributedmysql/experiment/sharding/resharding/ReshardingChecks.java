package distributedmysql.experiment.sharding.resharding;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.IdSet;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where rows are after shards were added. What is wrong decides before what is not known. */
final class ReshardingChecks {
    static final String PLACED_NAME = "every row on the right shard";
    static final String MOVED_NAME = "keys moved to the new shard only";
    static final String REPLICAS_NAME = "every shard's replicas";
    static final String TOLD_NAME = "old shard map refused";

    static final Meaning PLACED = new Meaning(
            "After a shard was added, rows are on a shard that they do not belong to, where no client looks for them, or on two shards.",
            "Not every shard was read, or no key that moved was written while it was copied, so that nothing could go wrong.",
            "Look up the numbers on every shard; compare when they were written with the times of the phases.");
    static final Meaning MOVED = new Meaning(
            "Rows moved between shards that were there before, which is for nothing.",
            "Not every shard was read, or no row moved.",
            "Compare the two maps: a ring's points must not depend on the number of shards.");
    static final Meaning REPLICAS = new Meaning(
            "A replica does not hold the rows of its shard's primary.",
            "A server was not read.",
            "Look at the replica's status and error log; compare its tables with the primary's.");
    static final Meaning TOLD = new Meaning(
            "A shard took a write by a map that had been replaced: whoever has not heard of the new one writes where nobody reads.",
            "No write was sent by an old map.",
            "See whether every shard compares the version of the map with its own.");

    private ReshardingChecks() {}

    /**
     * {@code UNKNOWN} also if in no round a key that moved was acknowledged between the begin of the copy and the switch.
     *
     * @param racing how many such writes there were
     * @param doubt why not all was recorded; empty if all was
     */
    static CheckResult placed(List<Round> rounds, long racing, String doubt) {
        List<Placement> placements = placements(rounds);
        BitSet wrong = all(placements, Placement::wrong);
        BitSet doubled = all(placements, Placement::doubled);
        Optional<String> first =
                placements.stream().flatMap(each -> each.firstWrong().stream()).findFirst();
        long rows = placements.stream()
                .mapToLong(each -> each.round().everywhere().cardinality())
                .sum();
        String none = racing == 0 ? "no key that moved was written while it was copied" : "";
        return Evidence.judge(
                PLACED_NAME,
                first.orElse(""),
                first(doubt, unread(rounds), none),
                "of " + Plural.of(rows, "row") + " on the wrong shard " + IdSet.of(wrong) + ", on more than one "
                        + IdSet.of(doubled) + "; keys that moved, written while they were copied: " + racing);
    }

    /** Of strategies that promise it; what others moved is told, and not judged. */
    static CheckResult moved(List<Round> rounds, String doubt) {
        List<Placement> placements = placements(rounds);
        BitSet elsewhere = all(
                placements.stream()
                        .filter(each -> each.round().held().strategy().movesToNewShardOnly())
                        .toList(),
                Placement::elsewhere);
        boolean none = placements.stream().allMatch(each -> each.moved().isEmpty());
        return Evidence.judge(
                MOVED_NAME,
                elsewhere.isEmpty() ? "" : "moved to a shard that was there before: " + IdSet.of(elsewhere),
                first(doubt, unread(rounds), none ? "no row moved" : ""),
                placements.stream().map(ReshardingChecks::share).collect(Collectors.joining(", ")));
    }

    private static String share(Placement placement) {
        return String.format(
                Locale.ROOT,
                "round %d (%s): of %s %.1f %% moved, %d to a shard that was there before%s",
                placement.round().number(),
                placement.round().strategy().label(),
                Plural.of(placement.kept(), "row"),
                100 * placement.movedShare(),
                placement.elsewhere().cardinality(),
                placement.round().held().strategy().movesToNewShardOnly() ? "" : ", as it must");
    }

    static CheckResult replicas(List<Round> rounds, String doubt) {
        List<String> wrong = new ArrayList<>();
        int servers = 0;
        for (Round round : rounds) {
            for (List<Round.Holding> shard : round.present()) {
                servers += shard.size();
                shard.stream()
                        .skip(1)
                        .forEach(replica ->
                                difference(round, shard.get(0), replica).ifPresent(wrong::add));
            }
        }
        return Evidence.judge(
                REPLICAS_NAME,
                String.join("; ", wrong),
                first(unreadServers(rounds), doubt, unread(rounds)),
                "the rows of " + Plural.of(servers, "server") + " in " + Plural.of(rounds.size(), "round"));
    }

    private static Optional<String> difference(Round round, Round.Holding primary, Round.Holding replica) {
        BitSet missing = without(primary.ids(), replica.ids());
        BitSet extra = without(replica.ids(), primary.ids());
        return missing.isEmpty() && extra.isEmpty()
                ? Optional.empty()
                : Optional.of("round " + round.number() + ", " + replica.node() + ": missing " + IdSet.of(missing)
                        + ", extra " + IdSet.of(extra));
    }

    static CheckResult told(List<Round> rounds, String doubt) {
        List<Round.Told> all =
                rounds.stream().flatMap(round -> round.told().stream()).toList();
        List<Round.Told> taken = all.stream().filter(told -> !told.refused()).toList();
        return Evidence.judge(
                TOLD_NAME,
                taken.stream()
                        .map(told -> told.shard() + " did not refuse " + told.id()
                                + (told.answer().isEmpty() ? ", but acknowledged it" : ": " + told.answer()))
                        .collect(Collectors.joining("; ")),
                first(doubt, all.isEmpty() ? "no write was sent by an old map" : ""),
                "of " + Plural.of(all.size(), "write") + " by an old map " + (all.size() - taken.size()) + " refused"
                        + all.stream()
                                .filter(Round.Told::refused)
                                .findFirst()
                                .map(told ->
                                        ", for instance " + told.id() + " by " + told.shard() + ": " + told.answer())
                                .orElse(""));
    }

    private static List<Placement> placements(List<Round> rounds) {
        return rounds.stream().filter(Round::isRead).map(Placement::of).toList();
    }

    private static String unreadServers(List<Round> rounds) {
        return rounds.stream()
                .flatMap(round -> round.holdings().unread().stream())
                .collect(Collectors.joining("; "));
    }

    private static String unread(List<Round> rounds) {
        return rounds.isEmpty()
                ? "no round was played to its end"
                : rounds.stream()
                        .filter(round -> !round.isRead())
                        .map(round -> "round " + round.number() + ": not every server was read in the end")
                        .collect(Collectors.joining("; "));
    }

    private static String first(String... reasons) {
        return Stream.of(reasons)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static BitSet all(List<Placement> placements, Function<Placement, BitSet> ids) {
        BitSet all = new BitSet();
        placements.forEach(each -> all.or(ids.apply(each)));
        return all;
    }

    private static BitSet without(BitSet ids, BitSet others) {
        BitSet rest = (BitSet) ids.clone();
        rest.andNot(others);
        return rest;
    }
}
