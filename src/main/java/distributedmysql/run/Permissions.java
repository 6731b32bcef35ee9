package distributedmysql.run;

import distributedmysql.load.data.Share;
import java.util.List;
import java.util.Optional;

/**
 * What a run may do with its servers.
 *
 * @param unwritable why nothing may be written; empty if the framework's database may be
 * @param unreadable why the load finds no rows to read; empty if it does
 * @param compared the databases whose tables are compared
 */
public record Permissions(Optional<String> unwritable, Optional<String> unreadable, List<String> compared) {
    private static final String READ_ONLY = "it needs writes, and external.read-only = true";

    /** Everything, in a database that the run has made. */
    public static Permissions full(String database) {
        return new Permissions(Optional.empty(), Optional.empty(), List.of(database));
    }

    static Permissions readOnly(Optional<String> unreadable, List<String> compared) {
        return new Permissions(Optional.of(READ_ONLY), unreadable, compared);
    }

    /** Why this load cannot be played; empty if it can. */
    Optional<String> impossible(List<Share> mix) {
        boolean writes = mix.stream().anyMatch(share -> !share.operation().reads());
        return writes ? unwritable.or(() -> unreadable) : unreadable;
    }
}
