package distributedmysql.config;

import java.util.Locale;

/** How much of a row that differs may be shown, on the console and in the reports. */
public enum Show {
    /** Key, columns and both values. */
    VALUES,
    /** Key and columns. */
    KEYS,
    /**
     * Columns. Not even a hash of the key: whoever can guess a key (a number, a mail address) can hash the guesses.
     */
    COLUMNS,
    /** {@link #VALUES} of the framework's own database, whose rows it makes up; {@link #KEYS} of any other. */
    AUTO;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What this means for one database; not AUTO.
     *
     * @param own whether the database is the framework's own
     */
    public Show of(boolean own) {
        return this == AUTO ? (own ? VALUES : KEYS) : this;
    }

    public boolean showsValues() {
        return this == VALUES;
    }

    public boolean showsKeys() {
        return this == VALUES || this == KEYS;
    }
}
