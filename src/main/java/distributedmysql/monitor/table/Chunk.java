package distributedmysql.monitor.table;

/**
 * A range of keys as the primary held it.
 *
 * @param position holds every transaction that the primary's checksum had seen
 */
record Chunk(Key.Range range, Sum sum, GtidPosition position) {
    /** How many rows, and the exclusive or of their digests. */
    record Sum(long rows, String digest) {}
}
