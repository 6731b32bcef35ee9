package distributedmysql.config;

import java.util.Locale;

/** Where the servers come from. */
public enum TopologyKind {
    /** Started by the run itself on 127.0.0.1. */
    EMBEDDED,
    /** Started by the run itself in containers. */
    DOCKER,
    /** Already there; only connected to. */
    EXTERNAL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
