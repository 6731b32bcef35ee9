package distributedmysql.config;

import java.util.Locale;

/** How a report names the machine that it was made on. */
public enum HostNaming {
    HASH,
    NAME,
    NONE;

    /** As in the settings. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
