package distributedmysql.load;

import java.util.List;

/**
 * A statement with its parameters as the scenario gives them.
 *
 * @param returnsRows whether it is a query
 * @param text with {@code ?} for each parameter
 * @param parameters strings are Gatling EL
 */
public record SqlStatementSpec(boolean returnsRows, String text, List<Object> parameters) {}
