package distributedmysql.check;

import distributedmysql.history.ErrantGtids;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Judges transactions that a replica has executed and its primary has not. INVALID for a single one, whether it was there
 * before the run or came during it: either would spoil a failover. UNKNOWN if a replica could not be asked.
 */
public final class ErrantTransactionsCheck {
    public static final String NAME = "errant transactions";

    public static final Meaning MEANING = new Meaning(
            "Somebody wrote to a replica: its data may differ from the primary's, and if it is promoted, the others"
                    + " execute these transactions too or can no longer follow.",
            "A replica could not be asked what it has executed, or there was none to ask.",
            "Find out what the transaction did, undo it there or do it on the primary, and give the primary an empty"
                    + " transaction of that GTID (docs/failover.md, \"Errant transactions\").");

    /** A set with more characters than that is in the JSON summary only. */
    private static final int NAMED = 1_000;

    private ErrantTransactionsCheck() {}

    /**
     * @param found one for each server that was a replica
     * @param outside servers that replicate from nobody by now, which are not judged here
     */
    public static CheckResult check(List<ErrantGtids> found, List<String> outside) {
        String judgedElsewhere = outside.isEmpty()
                ? ""
                : "; not judged here: " + String.join(", ", outside)
                        + ", which no longer replicates from the primary; the checks of the failover say what became of it";
        String errant = found.stream()
                .filter(ErrantGtids::found)
                .map(ErrantTransactionsCheck::said)
                .collect(Collectors.joining("; "));
        String unknown = found.stream()
                .flatMap(replica -> replica.problem().map(why -> replica.replica() + ": " + why).stream())
                .collect(Collectors.joining("; "));
        if (!errant.isEmpty()) {
            return CheckResult.invalid(
                    NAME, errant + (unknown.isEmpty() ? "" : "; not known: " + unknown) + judgedElsewhere);
        }
        if (!unknown.isEmpty()) {
            return CheckResult.unknown(NAME, Doubt.SERVERS_FAILED, unknown + judgedElsewhere);
        }
        if (found.isEmpty()) {
            return CheckResult.unknown(NAME, "no replica was asked" + judgedElsewhere);
        }
        String names = found.stream().map(ErrantGtids::replica).collect(Collectors.joining(", "));
        return CheckResult.valid(
                NAME,
                names + ": no transaction that the primary lacks, neither when the run began nor when it ended"
                        + judgedElsewhere);
    }

    private static String said(ErrantGtids replica) {
        List<String> sets = new ArrayList<>();
        replica.beforeRun().ifPresent(gtids -> sets.add(shortened(gtids) + " (there before the run)"));
        replica.duringRun().ifPresent(gtids -> sets.add(shortened(gtids) + " (came during the run)"));
        return replica.replica() + " has executed what its primary had not: " + String.join(", ", sets);
    }

    private static String shortened(String gtids) {
        return gtids.length() <= NAMED ? gtids : gtids.substring(0, NAMED) + "… (whole in topology.errantTransactions)";
    }
}
