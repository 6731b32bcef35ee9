package distributedmysql.load.data;

/**
 * How much of a mix an operation makes up.
 *
 * @param percent of the operations, not of the statements
 */
public record Share(SqlOperation operation, int percent) {}
