package distributedmysql.ledger;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.IdSet;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a server that was restored to a GTID set holds of a ledger's writes. Each acknowledged write has a GTID: if it is in the set,
 * the row must be there, otherwise it must not.
 */
@JsonClassDescription(
        "What a restored server holds of numbered writes, judged at the GTID set that it was restored to.")
public record RestoredLedger(
        @JsonPropertyDescription("The GTID set that it was restored to.") @JsonRule("minLength: null")
        String gtids,

        @JsonPropertyDescription("Numbered rows that are there.")
        long rows,

        @JsonPropertyDescription("Acknowledged writes whose GTIDs are in that set, so that they must be there.")
        long within,

        @JsonPropertyDescription("Acknowledged writes whose GTIDs are not, so that they must not be there.")
        long outside,

        @JsonPropertyDescription("Acknowledged, in that set, and not there.")
        IdSet lost,

        @JsonPropertyDescription("Acknowledged, not in that set, and there all the same.")
        IdSet tooMuch,

        @JsonPropertyDescription("Failed, and there all the same.")
        IdSet phantom,

        @JsonPropertyDescription("There, and sent by no client to this server.")
        IdSet unsent,

        @JsonPropertyDescription("Of unknown outcome, and there.")
        long unknownSurvived,

        @JsonPropertyDescription("Of unknown outcome, and not there.")
        long unknownVanished,

        @JsonPropertyDescription("Acknowledged by a server that told no GTID, so that nobody knows where they belong.")
        IdSet withoutGtid) {

    /**
     * @param present the numbers of the rows that are there
     * @param restored the set that the server was restored to, whatever it says itself
     */
    public static RestoredLedger of(Ledger ledger, BitSet present, GtidSet restored) {
        Numbers numbers = new Numbers(restored);
        ledger.forEachWrite(numbers::add);
        BitSet unsent = LedgerTally.without(present, numbers.within);
        List.of(numbers.outside, numbers.failed, numbers.unknown, numbers.withoutGtid)
                .forEach(unsent::andNot);
        BitSet survived = LedgerTally.and(numbers.unknown, present);
        return new RestoredLedger(
                restored.toString(),
                present.cardinality(),
                numbers.within.cardinality(),
                numbers.outside.cardinality(),
                IdSet.of(LedgerTally.without(numbers.within, present)),
                IdSet.of(LedgerTally.and(numbers.outside, present)),
                IdSet.of(LedgerTally.and(numbers.failed, present)),
                IdSet.of(unsent),
                survived.cardinality(),
                numbers.unknown.cardinality() - survived.cardinality(),
                IdSet.of(numbers.withoutGtid));
    }

    /**
     * INVALID if an acknowledged write of the set is not there, or one that is not of it is, or one that failed for certain or that
     * nobody sent. UNKNOWN if no acknowledged write is in the set, or the GTID of one is not known.
     *
     * @param doubt why not enough is known to prove it; empty if enough is
     */
    public CheckResult judge(String name, String doubt) {
        List<String> wrong = new ArrayList<>();
        say(lost, "lost, although acknowledged by then", wrong);
        say(tooMuch, "acknowledged only later, and there", wrong);
        say(phantom, "failed, and there all the same", wrong);
        say(unsent, "there, and sent by no client", wrong);
        List<String> unknown = new ArrayList<>();
        say(withoutGtid, "acknowledged without a GTID", unknown);
        if (within == 0) {
            unknown.add("no write was acknowledged by then");
        }
        if (!doubt.isEmpty()) {
            unknown.add(doubt);
        }
        return Evidence.judge(name, String.join("; ", wrong), String.join("; ", unknown), figures());
    }

    private static void say(IdSet ids, String what, List<String> into) {
        if (!ids.none()) {
            into.add(what + ": " + ids);
        }
    }

    private String figures() {
        return Plural.of(rows, "row") + " there; acknowledged by then " + within + ", later " + outside
                + "; of unknown outcome: " + unknownSurvived + " survived, " + unknownVanished + " vanished";
    }

    /** Those of the writes, by how they ended and where they belong. */
    private static final class Numbers {
        private final GtidSet restored;
        private final BitSet within = new BitSet();
        private final BitSet outside = new BitSet();
        private final BitSet unknown = new BitSet();
        private final BitSet failed = new BitSet();
        private final BitSet withoutGtid = new BitSet();

        Numbers(GtidSet restored) {
            this.restored = restored;
        }

        void add(LedgerWrite write) {
            of(write).set((int) write.id());
        }

        private BitSet of(LedgerWrite write) {
            return switch (write.ending().outcome()) {
                case UNKNOWN -> unknown;
                case FAIL -> failed;
                case OK -> {
                    if (write.gtid().isEmpty()) {
                        yield withoutGtid;
                    }
                    yield restored.contains(Gtid.parse(write.gtid())) ? within : outside;
                }
            };
        }
    }
}
