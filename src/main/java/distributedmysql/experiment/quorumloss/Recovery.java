package distributedmysql.experiment.quorumloss;

import java.util.Locale;

/** How the group comes to take writes again. */
enum Recovery {
    /**
     * The survivor refuses writes after {@code group_replication_unreachable_majority_timeout} and gives up the group; a new one is
     * made of it.
     */
    BOOTSTRAP,
    /** The survivor lets writes wait, without a limit, until it is told that it is the only member ({@code group_replication_force_members}). */
    FORCE_MEMBERS;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
