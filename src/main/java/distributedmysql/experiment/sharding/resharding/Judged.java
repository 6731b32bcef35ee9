package distributedmysql.experiment.sharding.resharding;

import distributedmysql.check.CheckResult;
import distributedmysql.history.Ledger;
import distributedmysql.ledger.LedgerChecks;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.ledger.LedgerPromise;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The verdicts on rounds that were played.
 *
 * @param ledger of all rounds
 * @param doubt why not all was played; empty if all was
 */
record Judged(Ledger ledger, List<PlayedRound> played, String doubt) {
    private static final String OF = "resharding";
    /** What is anywhere is there. */
    private static final String ANY_SHARD = "all shards";

    /** The names of the checks, in order. */
    static List<String> names() {
        return Stream.concat(
                        LedgerChecks.names(OF).stream().limit(2),
                        Stream.of(
                                ReshardingChecks.PLACED_NAME,
                                ReshardingChecks.MOVED_NAME,
                                ReshardingChecks.REPLICAS_NAME,
                                ReshardingChecks.TOLD_NAME))
                .toList();
    }

    /** One for each of {@link #names}. */
    List<CheckResult> all() {
        List<Round> rounds = played.stream().map(PlayedRound::round).toList();
        String all = Stream.concat(
                        Stream.of(doubt),
                        played.stream()
                                .filter(round -> !round.problem().isEmpty())
                                .map(round -> "round " + round.round().number() + ": " + round.problem()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        long racing = played.stream()
                .mapToLong(round -> new RoundFigures(round, ledger).racing())
                .sum();
        List<CheckResult> checks = new ArrayList<>();
        LedgerFigures figures = figures(rounds);
        checks.add(lost(figures, all));
        checks.add(LedgerChecks.outcomes(figures, OF, all));
        checks.add(ReshardingChecks.placed(rounds, racing, all));
        checks.add(ReshardingChecks.moved(rounds, all));
        checks.add(ReshardingChecks.replicas(rounds, all));
        checks.add(ReshardingChecks.told(rounds, all));
        return checks;
    }

    /** The rows that were there before are acknowledged writes too, but not of the load. */
    private CheckResult lost(LedgerFigures figures, String doubt) {
        CheckResult lost = LedgerChecks.lost(figures, LedgerPromise.ACKNOWLEDGED, OF, doubt);
        long before = played.stream()
                .mapToLong(round -> round.load().numbers().before().count())
                .sum();
        return new CheckResult(
                lost.name(),
                lost.verdict(),
                lost.evidence() + "; " + before + " of the writes are of before the rounds, the others of their load",
                lost.meaning(),
                lost.doubt());
    }

    /** Unknown until every round was read. */
    private LedgerFigures figures(List<Round> rounds) {
        if (!rounds.isEmpty() && rounds.stream().allMatch(Round::isRead)) {
            BitSet present = new BitSet();
            rounds.forEach(round -> present.or(round.everywhere()));
            ledger.present(ANY_SHARD, present);
        }
        return LedgerFigures.of(ledger, ANY_SHARD, 0);
    }
}
