package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.backup.store.Judgement;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.TableChecksum;
import distributedmysql.ledger.RestoredLedger;
import distributedmysql.report.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a server of its own holds that was made of a backup. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What a fresh server holds that was made of a backup.")
record Restored(
        @JsonPropertyDescription("What restoring and verifying was made of.")
        List<Took> steps,

        @JsonPropertyDescription("GTIDs of the position that the server has not executed; absent if it has all.")
        @Nullable
        String missingGtids,

        @JsonPropertyDescription(
                "GTIDs that the server has executed and that are beyond the position; absent if there is none.")
        @Nullable
        String extraGtids,

        @JsonPropertyDescription("What it holds of the numbered writes.")
        RestoredLedger ledger,

        @JsonPropertyDescription(
                "Every table of the database, compared with a server that holds, without any backup, what the source held at the position; "
                        + "absent if none was compared.")
        @Nullable
        List<TableChecksum> tables,

        @JsonPropertyDescription(
                "There was no such server, so it followed the source and was compared with that; absent if there was.")
        @Nullable
        Followed followed,

        @JsonPropertyDescription("Why no table was compared; absent if they were.") @Nullable
        String notCompared) {
    /** What was written since the position was compared as it is later. */
    @JsonClassDescription("How a restored server followed its source before it was compared with it.")
    record Followed(
            @JsonPropertyDescription(
                    "What it had executed then: rows written since the position are compared in their later state.")
            String gtids,

            @JsonPropertyDescription("Why nothing holds what the source held at the position.")
            String because) {}

    /** @param later null if they were compared at the position */
    Restored compared(List<Took> all, List<TableChecksum> compared, @Nullable Followed later) {
        return new Restored(all, missingGtids, extraGtids, ledger, compared, later, null);
    }

    Restored notCompared(String why) {
        return new Restored(steps, missingGtids, extraGtids, ledger, null, null, why);
    }

    /** For the console, after what was done: how long that took, and whether it holds what it should. */
    String line() {
        String took = String.format(Locale.ROOT, "in %.1f s", seconds());
        return isProven()
                ? "and verified " + took + ": " + Took.line(steps)
                : took + ", but not verified: " + said(result -> result.verdict() != Verdict.VALID);
    }

    /** To be noted beside the backup; empty if it is neither proven at its position nor wrong. */
    Optional<Judgement> judgement(Instant now) {
        String wrong = said(result -> result.verdict() == Verdict.INVALID);
        if (!wrong.isEmpty()) {
            return Optional.of(new Judgement(false, now, wrong));
        }
        return isProven() && followed == null
                ? Optional.of(new Judgement(true, now, said(result -> true)))
                : Optional.empty();
    }

    private boolean isProven() {
        return results().stream().allMatch(result -> result.verdict() == Verdict.VALID);
    }

    private List<CheckResult> results() {
        return List.of(BackupChecks.restored("numbered writes", this), BackupChecks.compared("tables", this));
    }

    private String said(Predicate<CheckResult> wanted) {
        return results().stream()
                .filter(wanted)
                .map(result -> Texts.oneLine(result.name() + " " + result.verdict() + ": " + result.evidence()))
                .collect(Collectors.joining("; "));
    }

    /** The same, with how fast the restore itself was, which is the first step. */
    Restored paced(long contentBytes) {
        List<Took> all = new ArrayList<>(steps);
        all.set(0, all.get(0).with(contentBytes));
        return new Restored(all, missingGtids, extraGtids, ledger, tables, followed, notCompared);
    }

    double seconds() {
        return Took.seconds(steps);
    }
}
