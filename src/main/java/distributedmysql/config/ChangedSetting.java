package distributedmysql.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A setting that is not as in {@code default.conf}. */
public record ChangedSetting(
        @JsonPropertyDescription("The setting.") String key,
        @JsonPropertyDescription("As written.") Object value,

        @JsonPropertyDescription("File and line that set it, or \"command line\".")
        String origin) {
    /** The origin without the line. */
    public String source() {
        return origin.replaceFirst(": \\d+$", "");
    }
}
