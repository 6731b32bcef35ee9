package distributedmysql.config;

/**
 * The generated data.
 *
 * @param database the database that holds all of it, marked as the framework's own
 * @param seed the same seed and scale give the same rows
 * @param scale 1.0 is 20,000 players
 * @param batchSize rows of one multi-row insert
 */
public record DataSettings(String database, long seed, double scale, int batchSize) {

    static DataSettings read(SettingsReader reader) {
        return new DataSettings(
                reader.text(
                        "data.database",
                        "a name of 1 to 64 letters, digits and _ that is not a system schema",
                        text -> text.matches("[A-Za-z0-9_]{1,64}")
                                && !text.matches("(?i)mysql|sys|information_schema|performance_schema")),
                reader.wholeNumber("data.seed"),
                reader.number("data.scale", 0.001, 10_000),
                reader.integer("data.batch-size", 1, 10_000));
    }
}
