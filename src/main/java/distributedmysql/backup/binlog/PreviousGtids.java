package distributedmysql.backup.binlog;

import distributedmysql.mysql.GtidSet;

/** All that the server had executed before the file, as {@code Gtid_set::encode} of sql/rpl_gtid_set.cc writes it. */
final class PreviousGtids {
    /** The highest byte of the count: since 8.3, if there are tags. */
    private static final int TAGGED = 1;

    private static final long COUNT = (1L << 48) - 1;

    private PreviousGtids() {}

    /** @param fields after the header */
    static GtidSet read(Fields fields) {
        long head = fields.eightBytes();
        boolean tagged = head >>> 56 == TAGGED;
        long sources = tagged ? (head >>> 8) & COUNT : head;
        GtidSet.Builder set = new GtidSet.Builder();
        for (long i = 0; i < sources; i++) {
            String uuid = fields.uuid();
            String tag = tagged ? fields.text((int) fields.variable()) : "";
            String source = tag.isEmpty() ? uuid : uuid + ":" + tag;
            long intervals = fields.eightBytes();
            for (long j = 0; j < intervals; j++) {
                long first = fields.eightBytes();
                // The end is the number after the last one.
                set.add(source, first, fields.eightBytes() - 1);
            }
        }
        return set.build();
    }
}
