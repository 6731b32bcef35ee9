package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store, what was in it before this run, and what this run removed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A store of backups: what was in it before this run, and what this run removed there.")
record StoreFigures(
        @JsonPropertyDescription("The directory, or the bucket and its prefix.")
        String store,

        @JsonPropertyDescription(
                "Backups of earlier runs, as their manifests say, of which this run has read only those of readAgain; absent if the "
                        + "store could not be listed.")
        @Nullable
        Integer earlier,

        @JsonPropertyDescription(
                "Names of those among them that were read again and are whole: retention was to count on them.")
        List<String> readAgain,

        @JsonPropertyDescription(
                "Names of backups that were made with another key than this run's, or with none; retention leaves them.")
        List<String> otherKey,

        @JsonPropertyDescription("Names of backups whose manifest is damaged; retention leaves them.")
        List<String> damaged,

        @JsonPropertyDescription("Names of unfinished backups that another run is writing, or was lately; left alone.")
        List<String> beingWritten,

        @JsonPropertyDescription("Names of unfinished backups of killed runs, which were removed.")
        List<String> unfinishedRemoved,

        @JsonPropertyDescription("Names of the backups that retention has removed, with the reason.")
        List<String> removed,

        @JsonPropertyDescription("Why retention has removed nothing, or not all; absent if nothing kept it from that.")
        @Nullable
        String notRemoved) {
    StoreFigures {
        readAgain = List.copyOf(readAgain);
        otherKey = List.copyOf(otherKey);
        damaged = List.copyOf(damaged);
        beingWritten = List.copyOf(beingWritten);
        unfinishedRemoved = List.copyOf(unfinishedRemoved);
        removed = List.copyOf(removed);
    }

    /** Of a store of which nothing is known. */
    static StoreFigures of(String store) {
        return new StoreFigures(store, null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }

    StoreFigures withReadAgain(List<String> now) {
        return new StoreFigures(
                store, earlier, now, otherKey, damaged, beingWritten, unfinishedRemoved, removed, notRemoved);
    }

    StoreFigures withRemoved(List<String> now) {
        return new StoreFigures(
                store, earlier, readAgain, otherKey, damaged, beingWritten, unfinishedRemoved, now, notRemoved);
    }

    StoreFigures notRemoved(String why) {
        return new StoreFigures(
                store, earlier, readAgain, otherKey, damaged, beingWritten, unfinishedRemoved, removed, why);
    }

    /** For the console. */
    String line() {
        List<String> parts = new ArrayList<>();
        if (earlier != null) {
            parts.add(Plural.of(earlier, "backup") + " of earlier runs, of which " + readAgain.size() + " read again");
        }
        count(otherKey, "of another key", parts);
        count(damaged, "with a damaged manifest", parts);
        count(beingWritten, "being written by another run", parts);
        count(unfinishedRemoved, "unfinished, and removed", parts);
        count(removed, "removed by retention", parts);
        if (notRemoved != null) {
            parts.add(notRemoved);
        }
        return "  in " + store + ": " + String.join("; ", parts);
    }

    private static void count(List<String> backups, String what, List<String> parts) {
        if (!backups.isEmpty()) {
            parts.add(backups.size() + " " + what);
        }
    }
}
