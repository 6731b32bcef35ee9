package distributedmysql.config;

/**
 * A setting that cannot be used. The message names file, key, value and what is allowed, and is meant for the person
 * who wrote the setting: it carries no stack trace.
 */
public final class SettingsException extends RuntimeException {
    public SettingsException(String message) {
        super(message, null, false, false);
    }
}
