package distributedmysql.monitor.table;

import java.util.Optional;

/**
 * The keys after {@code low} up to and with {@code high}, in the index's order; without a limit where it is empty.
 */
record KeyRange(Optional<Key> low, Optional<Key> high) {}
