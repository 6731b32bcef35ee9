package distributedmysql.load;

import java.util.List;
import java.util.Map;

/**
 * What a request brought back.
 *
 * @param rows of the last query among the statements, column values by name or alias in the order of the select list
 * @param updateCount rows changed by all statements together
 */
public record SqlResult(List<Map<String, Object>> rows, int updateCount) {}
