package distributedmysql.experiment.backup.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.backup.store.GapException;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.GtidSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup, or what is left of one, as {@code list --json} has it; what is not known is absent.
 *
 * @param state {@code usable}, {@code gap} (what it follows is not there), {@code found
 *     wrong} (by the run that restored it and compared it with its source), {@code not usable} (damaged, or made with another key), {@code
 *     being written}, or {@code unfinished}
 * @param why it is not usable
 * @param at to which its data belongs, of an incremental one its last transaction
 * @param transactions how many GTIDs there are in {@code gtids}
 * @param storedBytes as stored; {@code contentBytes} what that holds
 * @param parent what an incremental one follows
 * @param key which one it is encrypted with, by its id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ListedBackup(
        String id,
        String state,
        String why,
        String kind,
        String strategy,
        Integer shard,
        Instant at,
        String node,
        String serverUuid,
        String serverVersion,
        String gtids,
        Long transactions,
        Long storedBytes,
        Long contentBytes,
        String parent,
        String key) {
    static final String USABLE = "usable";
    static final String GAP = "gap";
    static final String FOUND_WRONG = "found wrong";
    static final String NOT_USABLE = "not usable";

    /** Those that are usable first, oldest first. */
    static List<ListedBackup> all(Listing listing) {
        List<ListedBackup> all = new ArrayList<>();
        listing.usable().forEach(manifest -> all.add(usable(manifest, listing)));
        listing.unusable().forEach(backup -> all.add(left(backup.id(), NOT_USABLE, backup.why())));
        listing.unfinished()
                .forEach(backup -> all.add(
                        backup.written()
                                ? left(backup.id(), "being written", null)
                                : left(
                                        backup.id(),
                                        "unfinished",
                                        "nobody writes it any more"
                                                + backup.lastSeen()
                                                        .map(seen -> " since " + seen)
                                                        .orElse("") + "; the next run removes it")));
        return all;
    }

    private static ListedBackup usable(Manifest manifest, Listing listing) {
        String gap = gap(manifest, listing);
        Optional<String> wrong = listing.foundWrong(manifest);
        String state = gap == null ? USABLE : GAP;
        return new ListedBackup(
                manifest.id(),
                wrong.isPresent() ? FOUND_WRONG : state,
                wrong.orElse(gap),
                manifest.kind().label(),
                manifest.origin().strategy(),
                manifest.origin().shard(),
                manifest.at(),
                manifest.origin().node(),
                manifest.origin().serverUuid(),
                manifest.origin().serverVersion(),
                manifest.gtids(),
                GtidSet.parse(manifest.gtids()).count(),
                manifest.bytes(),
                manifest.contentBytes(),
                manifest.parent().orElse(null),
                manifest.key().orElse(null));
    }

    private static String gap(Manifest manifest, Listing listing) {
        try {
            listing.chainTo(manifest.id());
            return null;
        } catch (GapException e) {
            return e.getMessage();
        }
    }

    /** One of which no more is known. */
    static ListedBackup left(String id, String state, String why) {
        return new ListedBackup(
                id, state, why, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** What is the matter with it. */
    String line() {
        if (why == null) {
            return state;
        }
        return state.equals(FOUND_WRONG) ? why : state + ": " + why;
    }

    /** Whether somebody should look at it. */
    boolean isWrong() {
        return state.equals(GAP) || state.equals(FOUND_WRONG) || state.equals(NOT_USABLE);
    }

    /** The cells of its row; one cell if no more is known of it. */
    List<String> cells() {
        if (kind == null) {
            return List.of(id);
        }
        return List.of(
                id,
                kind,
                strategy,
                Shown.seconds(at),
                "shard " + shard + ", " + node + ", MySQL " + serverVersion,
                Shown.gtids(gtids),
                Shown.megabytes(storedBytes),
                Shown.megabytes(contentBytes),
                key == null ? "" : key,
                parent == null ? "" : parent);
    }
}
