package distributedmysql.monitor.table;

import java.util.List;

/**
 * A row's key.
 *
 * @param values one raw value per column of the key, see {@link Column#keyExpression}
 */
record Key(List<String> values) {}
