package distributedmysql.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run may play and how long and how hard is known beforehand: experiments, each with a section of the settings. */
public enum RunPart {
    PERFORMANCE("performance"),
    CONSISTENCY("consistency"),
    SOAK("soak"),
    CONNECTIONS("connections"),
    FAILOVER("failover");

    private final String section;

    RunPart(String section) {
        this.section = section;
    }

    /** What its settings begin with. */
    String section() {
        return section;
    }

    /** Of the experiment with this key. */
    public static Optional<RunPart> of(String experiment) {
        return Arrays.stream(values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(experiment))
                .findFirst();
    }
}
