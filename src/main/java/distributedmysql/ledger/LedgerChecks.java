package distributedmysql.ledger;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The verdicts on a ledger, by its figures. Each check's name says what it is of: {@code lost acknowledged writes: async}. What is
 * wrong decides before what is not known.
 */
public final class LedgerChecks {
    private static final String LOST = "lost acknowledged writes";
    private static final String OUTCOMES = "failed writes absent";
    private static final String NODES = "ledger on every node";

    /** Why there are no {@link LedgerFigures#writes}. */
    public static final String PRIMARY_UNREAD = "it is not known which writes the primary holds in the end";

    private LedgerChecks() {}

    /** The names of the checks {@link #lost}, {@link #outcomes} and {@link #everyNode}. */
    public static List<String> names(String of) {
        return Stream.of(LOST, OUTCOMES, NODES).map(name -> name(name, of)).toList();
    }

    /** What one of them means, by its name. */
    public static Meaning meaning(String name) {
        return LedgerMeanings.of(name);
    }

    private static String name(String what, String of) {
        return what + ": " + of;
    }

    /**
     * All three.
     *
     * @param nodes the names of those that had to be read in the end
     * @param doubt why not all was recorded; empty if all was
     */
    public static List<CheckResult> all(
            LedgerFigures figures, LedgerPromise promise, List<String> nodes, String of, String doubt) {
        return List.of(
                lost(figures, promise, of, doubt), outcomes(figures, of, doubt), everyNode(figures, nodes, of, doubt));
    }

    /**
     * {@code lost acknowledged writes: …}: whether no more is lost than may be. {@code UNKNOWN} if the primary was not read in the
     * end, or no write was acknowledged.
     *
     * @param doubt why not enough is known to prove it; empty if enough is
     */
    public static CheckResult lost(LedgerFigures figures, LedgerPromise promise, String of, String doubt) {
        LedgerFigures.Writes writes = figures.writes();
        String name = name(LOST, of);
        if (writes == null) {
            return unread(name, doubt);
        }
        boolean tooMany = writes.lost().count() > promise.mostLost();
        boolean seen = promise.seenStays() && !writes.seenThenLost().none();
        String wrong = tooMany ? "more are lost than may be" : seen ? "what a reader had seen is not there" : "";
        String evidence = "of " + writes.acknowledged() + " acknowledged writes lost " + writes.lost()
                + "; seen by a reader and then lost " + writes.seenThenLost()
                + (promise.limit().isEmpty() ? "" : "; " + promise.limit());
        return Evidence.judge(name, wrong, doubt(writes, doubt), evidence);
    }

    /**
     * {@code failed writes absent: …}: whether no write that failed for certain is there, none that no client sent, and none was acknowledged
     * twice.
     * {@code UNKNOWN} as {@link #lost} is.
     */
    public static CheckResult outcomes(LedgerFigures figures, String of, String doubt) {
        LedgerFigures.Writes writes = figures.writes();
        String name = name(OUTCOMES, of);
        if (writes == null) {
            return unread(name, doubt);
        }
        boolean right = writes.phantom().none() && writes.duplicates().none();
        String wrong = !writes.unsent().none()
                ? "no client has sent this server what is there: " + writes.unsent()
                : right ? "" : "a write did not end as its client was told";
        String evidence = "failed, and there all the same: " + writes.phantom() + "; acknowledged more than once: "
                + writes.duplicates() + "; of unknown outcome: " + writes.unknownSurvived() + " survived, "
                + writes.unknownVanished() + " vanished";
        return Evidence.judge(name, wrong, doubt(writes, doubt), evidence);
    }

    private static CheckResult unread(String name, String doubt) {
        return CheckResult.unknown(name, doubt.isEmpty() ? PRIMARY_UNREAD : doubt + "; " + PRIMARY_UNREAD);
    }

    private static String doubt(LedgerFigures.Writes writes, String doubt) {
        return doubt.isEmpty() && writes.acknowledged() == 0 ? "no write was acknowledged" : doubt;
    }

    /**
     * {@code ledger on every node: …}: whether all nodes hold the same rows in the end; {@code UNKNOWN} if one of them
     * was not read.
     */
    public static CheckResult everyNode(LedgerFigures figures, List<String> nodes, String of, String doubt) {
        List<String> unread = new ArrayList<>(nodes);
        List<String> wrong = new ArrayList<>();
        for (LedgerFigures.NodeRows node : figures.nodes()) {
            unread.remove(node.node());
            if (node.differs()) {
                wrong.add(node.difference());
            }
        }
        String rows = figures.nodes().stream()
                .map(node -> node.node() + ": " + Evidence.count(node.rows(), "row"))
                .collect(Collectors.joining("; "));
        String missing = unread.isEmpty() ? "" : "not read in the end: " + String.join(", ", unread);
        return Evidence.judge(
                name(NODES, of),
                String.join("; ", wrong),
                Stream.of(doubt, missing).filter(text -> !text.isEmpty()).collect(Collectors.joining("; ")),
                rows.isEmpty() ? "no row is known" : rows);
    }
}
