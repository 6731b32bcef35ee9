package distributedmysql.experiment.backup;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What backups prove once they are restored. Pure: from what was recorded to a verdict. */
final class BackupChecks {
    static final String STORED_NAME = "stored backups";
    static final String LEDGER_NAME = "restored ledger";
    static final String TABLES_NAME = "restored tables";
    static final String RECOVERED_NAME = "recovered ledger";
    static final String DELETE_NAME = "recovered table";
    static final String COPIED_NAME = "copied backups";

    static final Meaning STORED = new Meaning(
            "What is stored is not what was written, or not with this key, so this backup cannot be restored.",
            "Not everything was stored, or the store could not be read.",
            "The evidence names the file and what is wrong: look who changed it, and at the disk or the bucket; make a new backup.");
    static final Meaning LEDGER = new Meaning(
            "A server restored from the backup lacks writes that were acknowledged by its position, or has some that came later.",
            "The backup was not made or not restored, or no write was acknowledged by its position.",
            "The evidence has the numbers; do not rely on backups made in this way until it is known why.");
    static final Meaning TABLES = new Meaning(
            "A restored server that has followed its source as a replica since the backup's position does not hold what the source holds.",
            "The restored server could not be compared with its source, or not all of it.",
            "The evidence names tables and keys; compare the definitions and what was written to these rows about that time.");
    static final Meaning RECOVERED = new Meaning(
            "A server that was recovered to one transaction lacks writes up to it, or has some after it.",
            "It was not recovered to every chosen transaction.",
            "The evidence has the numbers; look which binary log they are in, and whether it was shipped whole.");
    static final Meaning DELETE = new Meaning(
            "The table that somebody emptied is not what it was just before that.",
            "The table was not emptied, or nothing was recovered.",
            "Compare the number of rows just before and after the recovery; look whether the binary logs were shipped up to the DELETE.");
    static final Meaning COPIED = new Meaning(
            "A backup that was made is not in the store that it was to be copied to.",
            "No backup was made.",
            "The evidence names the store and why it refused; the backup is in backup.store.directory all the same.");

    private BackupChecks() {}

    static String name(String what, String strategy) {
        return what + ": " + strategy;
    }

    /**
     * @param damaged what is wrong with what is stored, a text each, which names it
     * @param unread why something could not be looked at
     */
    static CheckResult stored(List<String> verified, List<String> damaged, List<String> unread) {
        return Evidence.judge(
                STORED_NAME,
                String.join("; ", damaged),
                verified.isEmpty() && unread.isEmpty() ? "no backup was stored" : String.join("; ", unread),
                Plural.of(verified.size(), "backup") + " whole");
    }

    /** Of full backups that were made in one way. */
    static CheckResult ledger(String strategy, List<FullFigures> fulls) {
        String name = name(LEDGER_NAME, strategy);
        return together(
                name,
                fulls.stream()
                        .map(full -> full.restored() == null
                                ? CheckResult.unknown(name, notRestored(full))
                                : restored(name, full.restored()))
                        .toList(),
                fulls.stream().map(FullFigures::name).toList());
    }

    /** Whether it holds exactly what its position says. */
    private static CheckResult restored(String name, Restored restored) {
        CheckResult ledger = restored.ledger().judge(name, "");
        List<String> wrong = new ArrayList<>();
        if (restored.missingGtids() != null) {
            wrong.add("not executed, although of the position: " + restored.missingGtids());
        }
        if (restored.extraGtids() != null) {
            wrong.add("executed, although beyond the position: " + restored.extraGtids());
        }
        return wrong.isEmpty()
                ? ledger
                : CheckResult.invalid(name, String.join("; ", wrong) + "; " + ledger.evidence());
    }

    private static String notRestored(FullFigures full) {
        return full.problem() == null ? "it was not restored" : full.problem();
    }

    static CheckResult tables(String strategy, List<FullFigures> fulls) {
        String name = name(TABLES_NAME, strategy);
        return together(
                name,
                fulls.stream().map(full -> tables(name, full)).toList(),
                fulls.stream().map(FullFigures::name).toList());
    }

    private static CheckResult tables(String name, FullFigures full) {
        if (full.restored() == null) {
            return CheckResult.unknown(name, notRestored(full));
        }
        return full.restored().tables() == null
                ? CheckResult.unknown(name, Objects.toString(full.restored().notCompared(), "no table was compared"))
                : TableChecksumCheck.check(full.restored().tables()).named(name);
    }

    /** @param chosen how many recoveries were planned */
    static CheckResult recovered(int chosen, List<RecoveredTo> recoveries, Optional<String> problem) {
        List<CheckResult> results = recoveries.stream()
                .map(recovery -> recovery.restored() == null
                        ? CheckResult.unknown(
                                RECOVERED_NAME, Objects.toString(recovery.problem(), "it did not come to it"))
                        : restored(RECOVERED_NAME, recovery.restored()))
                .collect(Collectors.toCollection(ArrayList::new));
        List<String> labels =
                recoveries.stream().map(RecoveredTo::name).collect(Collectors.toCollection(ArrayList::new));
        if (recoveries.size() < chosen) {
            results.add(
                    CheckResult.unknown(
                            RECOVERED_NAME,
                            problem.orElse(
                                    "too few numbered writes came after the first full backup, so backup.during is too short")));
            labels.add(chosen - recoveries.size() + " more");
        }
        return together(RECOVERED_NAME, results, labels);
    }

    /** @param rehearsals one for each shard */
    static CheckResult delete(List<Rehearsed> rehearsals) {
        return together(
                DELETE_NAME,
                rehearsals.stream().map(BackupChecks::delete).toList(),
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
        String unknown = rehearsed.problem() != null
                ? rehearsed.problem()
                : rehearsed.complete() == null ? "it did not come to it" : "";
        return Evidence.judge(
                DELETE_NAME,
                String.join("; ", wrong),
                unknown,
                Plural.of(rehearsed.rows(), "row") + " deleted by " + rehearsed.gtid() + ", recovered "
                        + rehearsed.recovered()
                        + ", brought back " + rehearsed.broughtBack() + "; written afterwards "
                        + rehearsed.writtenAfterwards() + ", of them in conflict " + rehearsed.conflicts());
    }

    /** @param failed why a backup is not there, a text each */
    static CheckResult copied(int copied, List<String> failed) {
        return Evidence.judge(
                COPIED_NAME,
                String.join("; ", failed),
                copied == 0 ? "no backup was made" : "",
                Plural.of(copied, "backup") + " copied");
    }

    private static CheckResult together(String name, List<CheckResult> results, List<String> labels) {
        if (results.isEmpty()) {
            return CheckResult.unknown(name, "nothing was done");
        }
        return Evidence.together(name, results, labels::get);
    }
}
