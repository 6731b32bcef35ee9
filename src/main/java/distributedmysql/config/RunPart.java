package distributedmysql.config;

/** What a simulation may play, each a section of the settings. */
public enum RunPart {
    PERFORMANCE,
    CONSISTENCY,
    STABILITY
}
