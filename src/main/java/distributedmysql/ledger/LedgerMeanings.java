package distributedmysql.ledger;

import distributedmysql.check.Meaning;
import java.util.Map;

/** What the checks of a ledger mean, by their names without what they are of. */
final class LedgerMeanings {
    private static final String UNKNOWN =
            "Nothing was acknowledged, there was no failover, or it is not known what was there in the end.";

    private static final Map<String, Meaning> ALL = Map.of(
            "lost acknowledged writes",
            new Meaning(
                    "Writes that clients were told are safe are not on the primary in the end.",
                    UNKNOWN,
                    "The evidence has the numbers; after a failover, compare the loss with what your replication mode"
                            + " promises (docs/failover.md)."),
            "failed writes absent",
            new Meaning(
                    "A write that the client was told has failed is there, or one that none has sent there, or one was"
                            + " acknowledged twice.",
                    UNKNOWN,
                    "Look up the numbers on every node; suspect a proxy or driver that retries by itself."),
            "ledger on every node",
            new Meaning(
                    "In the end, the nodes do not hold the same rows.",
                    "A node was not read in the end.",
                    "The evidence says who lacks what; rebuild that node from the primary."));

    private LedgerMeanings() {}

    static Meaning of(String check) {
        return ALL.get(check.substring(0, check.indexOf(": ")));
    }
}
