package distributedmysql.monitor.table;

import java.util.List;
import java.util.Optional;

/**
 * A row's key.
 *
 * @param values one raw value per column of the key, see {@link Column#keyExpression}
 */
record Key(List<String> values) {
    /**
     * The keys after {@code low} up to and with {@code high}, in the index's order; without a limit where it is empty.
     */
    record Range(Optional<Key> low, Optional<Key> high) {}
}
