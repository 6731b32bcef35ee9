package distributedmysql.config;

import java.util.Locale;

/** Which members of a group take writes (https://dev.mysql.com/doc/refman/8.0/en/group-replication-deploying-in-multi-primary-or-single-primary-mode.html). */
public enum GroupMode {
    /** One, which the group chooses. */
    SINGLE_PRIMARY,
    /** All. A transaction that conflicts with one of another member is rolled back at its commit. */
    MULTI_PRIMARY;

    /** As in settings, for instance {@code single-primary}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
