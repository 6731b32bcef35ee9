package distributedmysql.experiment.backup;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What backups prove once they are restored. Pure: from what was recorded to a verdict. */
final class BackupChecks {
    static final String STORED_NAME = "stored backups";
    static final String LEDGER_NAME = "restored ledger";
    static final String TABLES_NAME = "restored tables";
    static final String COPIED_NAME = "copied backups";

    static final Meaning STORED = new Meaning(
            "What is stored is not what was written, or not with this key, so this backup cannot be restored.",
            "Not everything was stored, or the store could not be read.",
            "The evidence names the file and what is wrong: look who changed it, and at the disk or the bucket; make a new backup.");
    static final Meaning LEDGER = new Meaning(
            "A server restored from the backup lacks writes that were acknowledged by its position, or has some that came later.",
            "The backup was not made or not restored, or no write was acknowledged by its position.",
            "If INVALID, do not rely on backups made in this way until it is known why: the evidence has the numbers. If UNKNOWN, mend"
                    + " what the evidence names (a command of yours, a damaged backup, a full disk), and run again.");
    static final Meaning TABLES = new Meaning(
            "A restored server does not hold what its source held at the backup's position.",
            "The backup was not made or not restored, or what is there could not be compared, or not all of it.",
            "If INVALID, compare what was written to the named rows about that time, and do not rely on backups made in this way until it is"
                    + " known why. If UNKNOWN, mend what the evidence names (what keeps it from being restored or compared), and run again.");
    static final Meaning COPIED = new Meaning(
            "A backup that was made is not in the store that it was to be copied to.",
            "No backup was made.",
            "The evidence names the store and why it refused; the backup is in backup.store.directory all the same.");

    private static final String LATER =
            "; rows written since the position are compared in their later state, because there is nothing to compare them with as they were: ";

    private BackupChecks() {}

    static String name(String what, String strategy) {
        return what + ": " + strategy;
    }

    /**
     * @param whole what each is that was whole, for instance a full backup
     * @param damaged what is wrong with what is stored, a text each, which names it
     * @param unread why something could not be looked at
     */
    static CheckResult stored(List<String> whole, List<String> damaged, Troubles unread) {
        return Evidence.judge(
                STORED_NAME,
                String.join("; ", damaged),
                whole.isEmpty() && unread.none() ? "no backup was stored" : unread.text(),
                counted(whole) + " whole");
    }

    private static String counted(List<String> nouns) {
        Map<String, Long> counts =
                nouns.stream().collect(Collectors.groupingBy(noun -> noun, LinkedHashMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "no backup"
                : counts.entrySet().stream()
                        .map(each -> Plural.of(each.getValue(), each.getKey()))
                        .collect(Collectors.joining(", "));
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
    static CheckResult restored(String name, Restored restored) {
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
        return full.restored() == null ? CheckResult.unknown(name, notRestored(full)) : compared(name, full.restored());
    }

    /** Whether its tables are what the source's were. */
    static CheckResult compared(String name, Restored restored) {
        if (restored.tables() == null) {
            return CheckResult.unknown(name, Objects.toString(restored.notCompared(), "no table was compared"));
        }
        CheckResult result =
                TableChecksumCheck.check(restored.tables(), "restored server").named(name);
        Restored.Followed later = restored.followed();
        return new CheckResult(
                name,
                result.verdict(),
                later == null
                        ? "at the position: " + result.evidence()
                        : "compared after following the source to " + later.gtids() + LATER + later.because() + "; "
                                + result.evidence());
    }

    /** @param failed why a backup is not there */
    static CheckResult copied(int copied, Troubles failed) {
        return Evidence.judge(
                COPIED_NAME,
                failed.text(),
                copied == 0 ? "no backup was made" : "",
                Plural.of(copied, "backup") + " copied");
    }

    static CheckResult together(String name, List<CheckResult> results, List<String> labels) {
        if (results.isEmpty()) {
            return CheckResult.unknown(name, "nothing was done");
        }
        return Evidence.together(name, results, labels::get);
    }
}
