package distributedmysql.topology;

import java.util.Locale;

/** What a node is to replication at this moment. */
public enum Role {
    PRIMARY,
    REPLICA;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
