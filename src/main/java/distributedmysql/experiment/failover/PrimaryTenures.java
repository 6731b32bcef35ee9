package distributedmysql.experiment.failover;

import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Promotion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/** Which server was the primary when, and which acknowledgements contradict that. */
public final class PrimaryTenures {
    /** Both ends belong to it. */
    private record Reign(String server, long fromMicros, long untilMicros, boolean fencedAtItsEnd) {
        boolean meets(LedgerWrite write) {
            return fromMicros <= write.completeMicros() && untilMicros >= write.invokeMicros();
        }
    }

    private final List<Reign> reigns = new ArrayList<>();

    public PrimaryTenures(List<Promotion> promotions) {
        long from = Long.MIN_VALUE;
        String server = promotions.isEmpty() ? "" : promotions.get(0).from();
        for (Promotion promotion : promotions) {
            reigns.add(new Reign(server, from, promotion.promotedMicros(), promotion.fenced()));
            from = promotion.promotedMicros();
            server = promotion.to();
        }
        reigns.add(new Reign(server, from, Long.MAX_VALUE, true));
    }

    /**
     * Writes that were acknowledged by a server that was at no time between invocation and completion the primary; and,
     * where a former primary was not fenced, those that it acknowledged across the promotion and that are not there in
     * the end. (A client may take notice of an acknowledgement after the promotion that was given before; whatever a
     * former primary acknowledged after it, the new one does not have.)
     */
    public BitSet violations(Ledger ledger, BitSet present) {
        BitSet violations = new BitSet();
        if (reigns.size() < 2) {
            return violations;
        }
        ledger.forEachWrite(write -> {
            if (write.ending().isOk() && !isAllowed(write, present.get((int) write.id()))) {
                violations.set((int) write.id());
            }
        });
        return violations;
    }

    /**
     * The acknowledged writes that are not there in the end, one set for each promotion: of those that the former primary
     * had acknowledged until then, or acknowledged after it without being the primary again.
     */
    public List<BitSet> lost(Ledger ledger, BitSet present) {
        List<BitSet> lost = reigns.stream().map(reign -> new BitSet()).toList();
        ledger.forEachWrite(write -> {
            if (write.ending().isOk() && !present.get((int) write.id())) {
                reignOf(write).ifPresent(reign -> lost.get(reign).set((int) write.id()));
            }
        });
        // Nobody has been promoted at the last one's end.
        return lost.subList(0, lost.size() - 1);
    }

    /** The server's reign at that time, the first one if there are two; otherwise the last that had ended by then. */
    private OptionalInt reignOf(LedgerWrite write) {
        OptionalInt ended = OptionalInt.empty();
        for (int i = 0; i < reigns.size(); i++) {
            Reign reign = reigns.get(i);
            if (!reign.server.equals(write.server())) {
                continue;
            }
            if (reign.meets(write)) {
                return OptionalInt.of(i);
            }
            if (reign.untilMicros < write.invokeMicros()) {
                ended = OptionalInt.of(i);
            }
        }
        return ended;
    }

    private boolean isAllowed(LedgerWrite write, boolean present) {
        return reigns.stream()
                .filter(reign -> reign.server.equals(write.server()))
                .filter(reign -> reign.meets(write))
                .anyMatch(reign -> reign.fencedAtItsEnd || present || write.completeMicros() <= reign.untilMicros);
    }
}
