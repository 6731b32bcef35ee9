package distributedmysql.history;

/**
 * One change of the primary. Times are microseconds on the run's clock.
 *
 * @param from the {@code server_uuid} of the former primary
 * @param to that of the new one
 * @param promotedMicros when the new one took writes at the earliest
 * @param fenced whether the former primary certainly acknowledged nothing any more by then: it was killed, or refused
 *     writes
 */
public record Promotion(String from, String to, long promotedMicros, boolean fenced) {}
