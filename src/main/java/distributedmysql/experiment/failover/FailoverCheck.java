package distributedmysql.experiment.failover;

import distributedmysql.check.CheckResult;
import distributedmysql.check.IdSet;
import distributedmysql.config.Plural;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.Ledger;
import distributedmysql.ledger.LedgerChecks;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.ledger.LedgerPromise;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What failovers cost, and whether that is what the replication mode promises. */
public final class FailoverCheck {
    private static final String SPLIT_BRAIN = "split brain";

    private FailoverCheck() {}

    /**
     * @param primary the name of the node that is the primary in the end
     * @param startMicros what the seconds of the errors count from, on the run's clock; not after any request
     * @param measured in order of time
     */
    public static FailoverFigures figures(
            Ledger ledger, String primary, long startMicros, List<MeasuredPromotion> measured) {
        Optional<BitSet> present = ledger.presentOn(primary);
        PrimaryTenures reigns = new PrimaryTenures(
                measured.stream().map(MeasuredPromotion::promotion).toList());
        return new FailoverFigures(
                LedgerFigures.of(ledger, primary, startMicros),
                measured.stream()
                        .map(round -> new RecoveryTimes(ledger, round).rto())
                        .toList(),
                present.map(rows -> reigns.lost(ledger, rows)).orElse(List.of()).stream()
                        .map(IdSet::of)
                        .toList(),
                IdSet.of(reigns.violations(ledger, present.orElseGet(BitSet::new))));
    }

    /** The checks' names in a mode, in the order of {@link #check} and then {@link #everyNode}. */
    public static List<String> names(ReplicationMode mode) {
        List<String> names = new ArrayList<>(LedgerChecks.names(mode.label()));
        names.add(1, splitBrain(mode));
        return names;
    }

    private static String splitBrain(ReplicationMode mode) {
        return SPLIT_BRAIN + ": " + mode.label();
    }

    /**
     * Three results: {@code lost acknowledged writes: …}, {@code split brain: …} and {@code failed writes absent: …}
     * (which also finds writes that were acknowledged twice), with the mode. Each is {@code UNKNOWN} where there was no
     * failover or it is not known what was there in the end, and where nothing that is known is wrong, but nothing was
     * acknowledged before one of the failovers, or, for the second, after it.
     *
     * @param maxLost how many acknowledged writes asynchronous replication may lose; empty if that is only measured.
     *     Semi-synchronous replication may lose none
     */
    public static List<CheckResult> check(FailoverFigures figures, ReplicationMode mode, OptionalLong maxLost) {
        String missing = missing(figures);
        if (!missing.isEmpty()) {
            return names(mode).subList(0, 3).stream()
                    .map(name -> CheckResult.unknown(name, missing))
                    .toList();
        }
        String doubt = nothingBefore(figures);
        return List.of(
                LedgerChecks.lost(figures.ledger(), promise(mode, maxLost), mode.label(), doubt),
                splitBrain(figures, splitBrain(mode)),
                LedgerChecks.outcomes(figures.ledger(), mode.label(), doubt));
    }

    private static LedgerPromise promise(ReplicationMode mode, OptionalLong maxLost) {
        return switch (mode) {
            case ASYNC -> LedgerPromise.butFor(maxLost);
            case AFTER_SYNC, GROUP -> LedgerPromise.ALL;
            case AFTER_COMMIT -> LedgerPromise.ACKNOWLEDGED;
        };
    }

    /**
     * {@code ledger on every node: …}: whether all nodes hold the same rows in the end; {@code UNKNOWN} if one of them
     * was not read.
     */
    public static CheckResult everyNode(FailoverFigures figures, ReplicationMode mode, List<String> nodes) {
        return LedgerChecks.everyNode(figures.ledger(), nodes, mode.label(), "");
    }

    private static String missing(FailoverFigures figures) {
        if (figures.rto().isEmpty()) {
            return "there was no failover";
        }
        return figures.ledger().writes() == null ? LedgerChecks.PRIMARY_UNREAD : "";
    }

    /** What is not known of one failover is not known of them all. */
    private static String nothingBefore(FailoverFigures figures) {
        return without(figures, "before", FailoverFigures.Rto::lastBeforeMicros);
    }

    private static String without(
            FailoverFigures figures, String when, Function<FailoverFigures.Rto, Long> acknowledged) {
        int failovers = figures.rto().size();
        return IntStream.range(0, failovers)
                .filter(i -> acknowledged.apply(figures.rto().get(i)) == null)
                .mapToObj(i -> "no write was acknowledged " + when + " failover " + (i + 1) + " of " + failovers)
                .collect(Collectors.joining("; "));
    }

    private static CheckResult splitBrain(FailoverFigures figures, String name) {
        IdSet both = figures.acknowledgedByTwoPrimaries();
        if (!both.none()) {
            return CheckResult.invalid(name, "acknowledged by a server that was not the primary: " + both);
        }
        String doubt = Stream.of(
                        nothingBefore(figures), without(figures, "after", FailoverFigures.Rto::firstAfterMicros))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return doubt.isEmpty()
                ? CheckResult.valid(
                        name,
                        "after each of " + Plural.of(figures.rto().size(), "promotion")
                                + " every acknowledgement came from the new primary")
                : CheckResult.unknown(name, doubt);
    }
}
