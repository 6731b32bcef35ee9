package distributedmysql.config;

import java.util.Map;

/** The section of the settings that one experiment owns; only it knows the keys in there. Has no state. */
public interface SettingsSection {
    /** What its keys begin with: lower case, words joined by hyphens. */
    String key();

    /**
     * What each key is where {@code default.conf} does not say it, such as {@code "toy.duration = 2s"} (HOCON): for an
     * experiment that the project's {@code default.conf} does not know.
     */
    default String defaults() {
        return "";
    }

    /** Keys of earlier versions, each with what it, and all below it, begins with now; they are refused with that. */
    default Map<String, String> formerKeys() {
        return Map.of();
    }

    /**
     * Reads each of its keys; one that is not read is unknown, and refused.
     *
     * @throws SettingsException if a value is not allowed
     */
    default ExperimentSettings read(SettingsReader reader) {
        return ExperimentSettings.NONE;
    }
}
