package distributedmysql.config;

import java.util.Locale;

/** Which members of a group take writes (https://dev.mysql.com/doc/refman/8.0/en/group-replication-deploying-in-multi-primary-or-single-primary-mode.html). */
public enum GroupMode {
    /** One, which the group chooses. */
    SINGLE_PRIMARY,
    /** All. A transaction that conflicts with one of another member is rolled back at its commit. */
    MULTI_PRIMARY;

    /** {@code embedded.group-mode} or {@code docker.group-mode}. */
    static GroupMode read(
            SettingsReader reader, TopologyKind topology, ReplicationMode replication, RouterSettings router) {
        String key = topology.label() + ".group-mode";
        GroupMode mode = reader.oneOf(key, GroupMode.class, GroupMode::label);
        if (mode == MULTI_PRIMARY && replication != ReplicationMode.GROUP) {
            throw reader.refusedTogether(
                    "only a group has several primaries: " + key + " must be single-primary, or " + topology.label()
                            + ".replication must be group",
                    key,
                    topology.label() + ".replication");
        }
        if (mode == MULTI_PRIMARY && router.isUsed()) {
            throw reader.refusedTogether(
                    "a router follows the one primary of a group, and in multi-primary mode there is no such one: "
                            + topology.label() + ".router must be none",
                    key,
                    topology.label() + ".router");
        }
        return mode;
    }

    /** As in settings, for instance {@code single-primary}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
