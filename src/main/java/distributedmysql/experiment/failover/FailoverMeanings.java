package distributedmysql.experiment.failover;

import distributedmysql.check.Meaning;
import java.util.Map;

/** What the checks of a mode mean, by their names without the mode. */
final class FailoverMeanings {
    private static final Map<String, Meaning> ALL = Map.of(
            "lost acknowledged writes",
            new Meaning(
                    "Writes that clients were told are safe are not on the new primary.",
                    "There was no failover, or it is not known what was there in the end.",
                    "Compare the loss with what your replication mode promises (docs/failover.md); the evidence and"
                            + " failover.modes[].rpo have the numbers."),
            "split brain",
            new Meaning(
                    "Two servers acknowledged writes at the same time.",
                    "There was no failover, or nothing was acknowledged before or after it.",
                    "Fence the former primary before a replica is promoted (docs/failover.md)."),
            "failed writes absent",
            new Meaning(
                    "A write that the client was told has failed is there, or one was acknowledged twice.",
                    "There was no failover, or it is not known what was there in the end.",
                    "Look up the numbers on every node; suspect a proxy or driver that retries by itself."),
            "ledger on every node",
            new Meaning(
                    "After the failover, the nodes do not hold the same rows.",
                    "A node was not read in the end.",
                    "Look at failover.modes[].nodes for who lacks what; rebuild that node from the primary."),
            "semi-sync fallback",
            new Meaning(
                    "The primary went on without waiting for a replica, so that what it acknowledged then can be lost.",
                    "The semi-synchronous status was not read, or no commit was acknowledged by a replica.",
                    "Look at SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync%' on the primary, and raise"
                            + " rpl_semi_sync_source_timeout."));

    private FailoverMeanings() {}

    static Meaning of(String check) {
        return ALL.get(check.substring(0, check.indexOf(": ")));
    }
}
