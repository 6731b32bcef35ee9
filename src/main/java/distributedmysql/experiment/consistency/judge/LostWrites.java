package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import distributedmysql.history.Header;
import distributedmysql.history.Operation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Write;
import java.util.List;

/**
 * Whether every acknowledged write is on every node at the end.
 *
 * <p>The evidence is one {@link Probe#FINAL_READ} of each written key on each node, made when no write is under way any
 * more and the replicas have caught up. An acknowledged write is lost if a node shows an older version, or no row. An
 * unknown write may have survived or vanished, but alike on all nodes. A write that certainly failed must not be there.
 * Without a final read of each key on each node the verdict is UNKNOWN, if it is not INVALID already.
 */
public final class LostWrites implements Checker {
    static final String NAME = "lost writes";

    static final Meaning MEANING = new Meaning(
            "What a client was told and what the servers hold in the end do not agree: acknowledged writes are"
                    + " lost, or failed ones are there.",
            "No write was acknowledged, not every written key could be read on every node in the end, or the records"
                    + " contradict each other.",
            "Look up the named keys on every node before the next run removes them, and the applier's errors and the"
                    + " binary log on the node that lacks them.");

    private static final int KEYS_IN_EVIDENCE = 10;

    /** The writes by how each ended, and by what was there of them in the end. */
    @JsonClassDescription(
            "Writes by outcome, and what the final reads of every written key on every node showed of them.")
    public record Counts(
            @JsonPropertyDescription("Writes that were acknowledged.")
            long acknowledged,

            @JsonPropertyDescription("Writes that were certainly not applied.")
            long failed,

            @JsonPropertyDescription(
                    "Writes that may have been applied: the connection broke or timed out, or the run ended "
                            + "first.")
            long unknown,

            @JsonPropertyDescription("Acknowledged writes that at least one node does not have.")
            long lost,

            @JsonPropertyDescription("Their keys, the first 1,000.")
            List<Long> lostKeys,

            @JsonPropertyDescription("Writes of unknown outcome that are on all nodes.")
            long unknownSurvived,

            @JsonPropertyDescription("Writes of unknown outcome that are on no node.")
            long unknownVanished,

            @JsonPropertyDescription("Writes of unknown outcome under a later version: nobody can tell.")
            long unknownOverwritten,

            @JsonPropertyDescription("Writes of unknown outcome that are on some nodes only.")
            long unknownDiverged,

            @JsonPropertyDescription("Keys of which a read showed a version whose write failed.")
            long phantoms,

            @JsonPropertyDescription("Keys of which a reader saw a version that a node does not have at the end.")
            long seenThenLost,

            @JsonPropertyDescription("Keys without a final read that can be believed, counted once for each node.")
            long unread) {}

    private final List<String> nodes;
    private final WrittenKeys keys = new WrittenKeys();
    private long acknowledged;
    private long failed;
    private long unknown;

    LostWrites(Header header) {
        this.nodes = header.nodes();
        if (nodes.size() > WrittenKeys.MAX_NODES) {
            throw new IllegalArgumentException(Plural.of(nodes.size(), "node") + "; at most " + WrittenKeys.MAX_NODES);
        }
    }

    @Override
    public void accept(Operation operation) {
        if (operation instanceof Write write) {
            count(write.ending().outcome());
            keys.wrote(write);
        } else if (operation instanceof Read read
                && read.ending().isOk()
                && read.answer().intact()) {
            if (read.call().probe() == Probe.FINAL_READ) {
                keys.hasReadFinally(read, nodes.indexOf(read.call().node()));
            } else {
                keys.hasRead(read);
            }
        }
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case OK -> acknowledged++;
            case FAIL -> failed++;
            case UNKNOWN -> unknown++;
        }
    }

    Counts counts() {
        return tally().counts(acknowledged, failed, unknown);
    }

    @Override
    public Meaning meaning() {
        return MEANING;
    }

    @Override
    public CheckResult result() {
        LossTally tally = tally();
        String doubt = keys.contradiction().isEmpty() ? tally.firstUnread() : keys.contradiction();
        return Evidence.judge(
                NAME,
                tally.firstWrong(),
                acknowledged == 0 ? "no write was acknowledged" : doubt,
                figures(tally.counts(acknowledged, failed, unknown)));
    }

    private LossTally tally() {
        LossTally tally = new LossTally(nodes);
        keys.forEach(tally::add);
        return tally;
    }

    private static String figures(Counts counts) {
        List<Long> first = counts.lostKeys()
                .subList(0, Math.min(KEYS_IN_EVIDENCE, counts.lostKeys().size()));
        String which = first.isEmpty()
                ? ""
                : " (keys " + first + (first.size() < counts.lostKeys().size() ? " …)" : ")");
        return counts.acknowledged() + " acknowledged, " + counts.lost() + " lost" + which + ", "
                + Plural.of(counts.phantoms(), "phantom")
                + " of " + counts.failed() + " failed, " + counts.unknown() + " unknown ("
                + counts.unknownSurvived() + " survived, " + counts.unknownVanished() + " vanished, "
                + counts.unknownOverwritten() + " overwritten, " + counts.unknownDiverged() + " diverged), "
                + counts.seenThenLost() + " seen and then lost, " + counts.unread() + " unread";
    }
}
