package distributedmysql.experiment.failover;

import distributedmysql.check.Meaning;
import distributedmysql.ledger.LedgerChecks;
import java.util.Map;

/** What the checks of a mode mean, beside those of the ledger, by their names without the mode. */
final class FailoverMeanings {
    private static final Map<String, Meaning> ALL = Map.of(
            "split brain",
            new Meaning(
                    "Two servers acknowledged writes at the same time.",
                    "There was no failover, or nothing was acknowledged before or after it.",
                    "Fence the former primary before a replica is promoted (docs/failover.md)."),
            OtherShards.NAME,
            OtherShards.MEANING,
            "semi-sync fallback",
            new Meaning(
                    "The primary went on without waiting for a replica, so that what it acknowledged then can be lost.",
                    "The semi-synchronous status was not read, or no commit was acknowledged by a replica.",
                    "Look at SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync%' on the primary, and raise"
                            + " rpl_semi_sync_source_timeout."));

    private FailoverMeanings() {}

    static Meaning of(String check) {
        Meaning own = ALL.get(check.substring(0, check.indexOf(": ")));
        return own == null ? LedgerChecks.meaning(check) : own;
    }
}
