package distributedmysql.experiment.backup;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What recoveries prove. Pure: from what was recorded to a verdict. */
final class RecoveryChecks {
    static final String LEDGER_NAME = "recovered ledger";
    static final String TABLES_NAME = "recovered tables";
    static final String DELETE_NAME = "undone delete";

    private static final String AGAIN =
            " If UNKNOWN, mend what the evidence names (a backup or a binary log that is missing or damaged, a load that is too short),"
                    + " and run again.";

    static final Meaning LEDGER = new Meaning(
            "A server that was recovered to one transaction lacks writes up to it, or has some after it.",
            "It was not recovered to every chosen transaction.",
            "If INVALID, look which binary log the numbers of the evidence are in, and whether it was shipped whole."
                    + AGAIN);
    static final Meaning TABLES = new Meaning(
            "A server that was recovered to one transaction does not hold what its source held just after it.",
            "It was not recovered to every chosen transaction, or what is there could not be compared, or not all of it.",
            "If INVALID, look which binary log has the transactions that wrote the named rows, and whether these are in the full backup"
                    + " already." + AGAIN);
    static final Meaning DELETE = new Meaning(
            "The table that somebody emptied is not what it was just before that.",
            "The table was not emptied, or nothing was recovered.",
            "If INVALID, compare the number of rows just before and after the recovery; look whether the binary logs were shipped up to the"
                    + " DELETE." + AGAIN);

    /**
     * Recoveries that there were not.
     *
     * @param shard null where there is only one
     */
    record Fewer(String shard, int count, String because) {
        private String name() {
            return count + " more" + (shard == null ? "" : " of " + shard);
        }
    }

    private RecoveryChecks() {}

    /** @param fewer than planned, and why */
    static CheckResult ledger(List<RecoveredTo> recoveries, List<Fewer> fewer) {
        return each(LEDGER_NAME, recoveries, fewer, restored -> BackupChecks.restored(LEDGER_NAME, restored));
    }

    /** @param fewer than planned, and why */
    static CheckResult tables(List<RecoveredTo> recoveries, List<Fewer> fewer) {
        return each(TABLES_NAME, recoveries, fewer, restored -> BackupChecks.compared(TABLES_NAME, restored));
    }

    private static CheckResult each(
            String name, List<RecoveredTo> recoveries, List<Fewer> fewer, Function<Restored, CheckResult> judge) {
        List<CheckResult> results = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (RecoveredTo recovery : recoveries) {
            places.add(recovery.name());
            results.add(
                    recovery.restored() == null
                            ? CheckResult.unknown(name, Objects.toString(recovery.problem(), "it did not come to it"))
                            : judge.apply(recovery.restored()));
        }
        for (Fewer each : fewer) {
            places.add(each.name());
            results.add(CheckResult.unknown(name, each.because()));
        }
        return BackupChecks.together(name, results, places);
    }

    /** @param rehearsals one for each shard */
    static CheckResult delete(List<Rehearsed> rehearsals) {
        return BackupChecks.together(
                DELETE_NAME,
                rehearsals.stream().map(RecoveryChecks::delete).toList(),
                rehearsals.stream().map(Rehearsed::table).toList());
    }

    private static CheckResult delete(Rehearsed rehearsed) {
        List<String> wrong = new ArrayList<>();
        if (rehearsed.recovered() != null && rehearsed.recovered() != rehearsed.rows()) {
            wrong.add(rehearsed.recovered() + " of " + Plural.of(rehearsed.rows(), "row") + " recovered");
        } else if (Boolean.FALSE.equals(rehearsed.same())) {
            wrong.add("the recovered rows are not as they were just before the DELETE");
        }
        if (Boolean.FALSE.equals(rehearsed.complete())) {
            wrong.add("the table does not hold what was to be brought back, beside what was written afterwards");
        }
        String unknown = Optional.ofNullable(rehearsed.problem())
                .orElse(rehearsed.complete() == null ? "it did not come to it" : "");
        return Evidence.judge(DELETE_NAME, String.join("; ", wrong), unknown, rehearsed.figures());
    }
}
