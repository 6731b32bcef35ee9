package distributedmysql.backup.binlog;

import distributedmysql.mysql.Gtid;

/**
 * What a transaction begins with.
 *
 * @param committedMicros on the server that it was committed on first
 * @param length of the transaction in bytes, with this event
 */
record GtidEvent(Gtid gtid, long committedMicros, long length) {
    /** Of a timestamp of 7 bytes: whether another one follows. */
    private static final long TWO_TIMESTAMPS = 1L << 55;
    /** Type code, {@code last_committed} and {@code sequence_number}. */
    private static final int LOGICAL_TIMESTAMPS = 17;

    /** @param fields after the header (libs/mysql/binlog/event/control_events.h, Gtid_event) */
    static GtidEvent untagged(Fields fields) {
        fields.oneByte();
        Gtid gtid = new Gtid(fields.uuid(), fields.eightBytes());
        fields.skip(LOGICAL_TIMESTAMPS);
        long here = fields.sevenBytes();
        long original = (here & TWO_TIMESTAMPS) == 0 ? here : fields.sevenBytes();
        return new GtidEvent(gtid, original, fields.lengthEncoded());
    }

    /**
     * {@code GTID_TAGGED_LOG_EVENT}, since 8.3: fields with numbers, in the order of {@code Gtid_event::define_fields}; some may
     * be left out.
     *
     * @param fields after the header
     */
    static GtidEvent tagged(Fields fields) {
        // The version of the format, the size, and the last field that must be known.
        fields.variable();
        fields.variable();
        fields.variable();
        String uuid = "";
        String tag = "";
        long number = 0;
        long here = 0;
        long original = 0;
        while (fields.hasMore()) {
            switch ((int) fields.variable()) {
                case 0, 9, 10, 11 -> fields.variable();
                case 1 -> uuid = fields.uuidOfVariableLength();
                case 2 -> number = fields.variableSigned();
                case 3 -> tag = fields.text((int) fields.variable());
                case 4, 5 -> fields.variableSigned();
                case 6 -> here = fields.variable();
                case 7 -> original = fields.variable();
                case 8 -> {
                    Gtid gtid = new Gtid(tag.isEmpty() ? uuid : uuid + ":" + tag, number);
                    return new GtidEvent(gtid, original == 0 ? here : original, fields.variable());
                }
                default -> {
                    return unknownLength();
                }
            }
        }
        return unknownLength();
    }

    private static GtidEvent unknownLength() {
        return new GtidEvent(new Gtid("", 0), 0, 0);
    }
}
