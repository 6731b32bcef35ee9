package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.backup.NewBackup;
import distributedmysql.backup.store.Manifest;
import distributedmysql.history.JsonRule;
import distributedmysql.report.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A full backup, and what became of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A full backup that was taken under load, and what became of it.")
record FullFigures(
        @JsonPropertyDescription("How it was made.") @JsonRule("enum: ['clone', 'dump', 'hooks']")
        String strategy,

        @JsonPropertyDescription("The shard, for instance shard1; absent where there is only one.") @Nullable
        String shard,

        @JsonPropertyDescription("Name of the server that was backed up.")
        String node,

        @JsonPropertyDescription("What it is: name, position, sizes; absent if it was not made.") @Nullable
        Stored stored,

        @JsonPropertyDescription("How it was restored, and what is there then; absent if it was not.") @Nullable
        Restored restored,

        @JsonPropertyDescription("What went wrong; absent if nothing did.") @Nullable
        String problem) {

    /** A backup as the store has it. */
    @JsonClassDescription("A backup as the store has it.")
    record Stored(
            @JsonPropertyDescription("Its name in the store.")
            String id,

            @JsonPropertyDescription("The moment to which its position belongs, in UTC.")
            Instant at,

            @JsonPropertyDescription("The GTID set that it holds: its position.") @JsonRule("minLength: null")
            String gtids,

            @JsonPropertyDescription("What it consists of, in bytes.")
            long contentBytes,

            @JsonPropertyDescription("The same as stored: compressed, and encrypted if there is a key.")
            long storedBytes,

            @JsonPropertyDescription("From its beginning until all of it was stored, in seconds.")
            double seconds,

            @JsonPropertyDescription("contentBytes per second, in 1,000,000 bytes.")
            double megabytesPerSecond,

            @JsonPropertyDescription(
                    "What that was made of, and what was done with it then: copied to another store, read again.")
            List<Took> steps) {
        static Stored of(NewBackup made) {
            Manifest manifest = made.manifest();
            long bytes = manifest.contentBytes();
            return new Stored(
                    manifest.id(),
                    manifest.at(),
                    manifest.gtids(),
                    bytes,
                    manifest.bytes(),
                    manifest.seconds(),
                    Took.megabytesPerSecond(bytes, manifest.seconds()),
                    Took.all(made.taken().steps()));
        }

        /** The same, with which something more was done. */
        Stored and(Took step) {
            List<Took> all = new ArrayList<>(steps);
            all.add(step.with(contentBytes));
            return new Stored(id, at, gtids, contentBytes, storedBytes, seconds, megabytesPerSecond, List.copyOf(all));
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%.1f MB in %.1f s (%.0f MB/s), stored as %.1f MB: %s",
                    contentBytes / 1e6,
                    seconds,
                    megabytesPerSecond,
                    storedBytes / 1e6,
                    Took.line(steps));
        }
    }

    /** The same, which is stored. */
    FullFigures with(Stored now) {
        return new FullFigures(strategy, shard, node, now, restored, problem);
    }

    /** The same with how it was restored. */
    FullFigures with(Restored now) {
        Restored paced = stored == null ? now : now.paced(stored.contentBytes());
        return new FullFigures(strategy, shard, node, stored, paced, problem);
    }

    /** The same, of which something went wrong. */
    FullFigures failed(String why) {
        return new FullFigures(strategy, shard, node, stored, restored, why);
    }

    /** Which one, for people. */
    String name() {
        return strategy + " of " + (shard == null ? "" : shard + ", ") + node;
    }

    /** For the console. */
    String line() {
        String what = "  " + name() + ": " + (stored == null ? "" : stored.line());
        return what
                + (restored == null ? "" : "; restored " + restored.line())
                + (problem == null ? "" : (stored == null ? "" : "; ") + Texts.oneLine(problem));
    }
}
