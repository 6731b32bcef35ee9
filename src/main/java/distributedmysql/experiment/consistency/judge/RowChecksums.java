package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.history.Operation;
import distributedmysql.history.Read;

/** Whether every row that a probe read, of whatever kind, had the MD5 of its content. */
public final class RowChecksums implements Checker {
    static final String NAME = "row checksums";

    static final Meaning MEANING = new Meaning(
            "A row came back with other content than was written.",
            "No row was read.",
            "Read the named key on every node; suspect memory, disk, character sets, and whoever else writes there.");

    /** The rows that were looked at. */
    public record Counts(
            @JsonPropertyDescription("Rows read.") long rows,

            @JsonPropertyDescription("Rows whose MD5 was not that of their content.")
            long corrupt) {}

    private long rows;
    private long corrupt;
    private String firstCorrupt = "";

    @Override
    public void accept(Operation operation) {
        if (!(operation instanceof Read read)
                || !read.ending().isOk()
                || read.answer().equals(Read.Answer.MISSING)) {
            return;
        }
        rows++;
        if (!read.answer().intact()) {
            corrupt++;
            if (firstCorrupt.isEmpty()) {
                firstCorrupt = "key " + read.call().key() + " on " + read.call().node() + " at "
                        + Evidence.seconds(read.call().completeMicros()) + " ("
                        + read.call().probe().label() + ")";
            }
        }
    }

    Counts counts() {
        return new Counts(rows, corrupt);
    }

    @Override
    public Meaning meaning() {
        return MEANING;
    }

    @Override
    public CheckResult result() {
        String unknown = rows == 0 ? "no row was read" : "";
        return Evidence.judge(NAME, firstCorrupt, unknown, Evidence.count(rows, "row") + ", " + corrupt + " corrupt");
    }
}
