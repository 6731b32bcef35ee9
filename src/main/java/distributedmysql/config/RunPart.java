package distributedmysql.config;

import java.util.Locale;

/** What a simulation may play, each a section of the settings. */
public enum RunPart {
    PERFORMANCE,
    CONSISTENCY,
    STABILITY;

    /** What its settings begin with. */
    String section() {
        return name().toLowerCase(Locale.ROOT);
    }
}
