package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.TableChecksum;
import distributedmysql.ledger.RestoredLedger;
import java.util.ArrayList;
import java.util.List;
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
                "Every table of the database, compared with the source once the restored server had followed it as a replica; "
                        + "absent if none was compared.")
        @Nullable
        List<TableChecksum> tables,

        @JsonPropertyDescription("Why no table was compared; absent if they were.") @Nullable
        String notCompared) {
    Restored compared(List<Took> all, List<TableChecksum> compared) {
        return new Restored(all, missingGtids, extraGtids, ledger, compared, null);
    }

    Restored notCompared(String why) {
        return new Restored(steps, missingGtids, extraGtids, ledger, null, why);
    }

    /** The same, with how fast the restore itself was, which is the first step. */
    Restored paced(long contentBytes) {
        List<Took> all = new ArrayList<>(steps);
        all.set(0, all.get(0).with(contentBytes));
        return new Restored(all, missingGtids, extraGtids, ledger, tables, notCompared);
    }

    double seconds() {
        return Took.seconds(steps);
    }
}
