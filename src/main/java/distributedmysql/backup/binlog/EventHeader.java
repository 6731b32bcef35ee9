package distributedmysql.backup.binlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * What each event begins with.
 *
 * @param begin in the file
 * @param seconds since 1970, when the statement began
 * @param size of the whole event
 * @param nextPosition where it ends, as far as 32 bits tell
 */
record EventHeader(long begin, long seconds, int type, long size, long nextPosition, int flags) {
    static final int LENGTH = 19;
    /** Where the flags are. */
    static final int FLAGS = 17;

    static final int STOP = 3;
    static final int ROTATE = 4;
    static final int FORMAT_DESCRIPTION = 15;
    static final int GTID = 33;
    static final int ANONYMOUS_GTID = 34;
    static final int PREVIOUS_GTIDS = 35;
    static final int GTID_TAGGED = 42;

    /** {@code LOG_EVENT_BINLOG_IN_USE_F}: set as long as a server writes to the file. */
    static final int IN_USE = 1;

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    static EventHeader of(long begin, byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return new EventHeader(
                begin,
                header.getInt(0) & UNSIGNED,
                header.get(4) & 0xFF,
                header.getInt(9) & UNSIGNED,
                header.getInt(13) & UNSIGNED,
                header.getShort(FLAGS) & 0xFFFF);
    }

    long end() {
        return begin + size;
    }

    /** Files of more than 4 GiB are possible: one transaction is never split. */
    boolean saysWhereItEnds() {
        return nextPosition == (end() & UNSIGNED);
    }

    boolean beginsTransaction() {
        return type == GTID || type == GTID_TAGGED;
    }

    /** What a server writes last into a file that it closes. */
    boolean closesFile() {
        return type == ROTATE || type == STOP;
    }

    /** Small enough to be read as a whole, because it says something of the transactions. */
    boolean isRead() {
        return type == FORMAT_DESCRIPTION || type == PREVIOUS_GTIDS || beginsTransaction();
    }

    Instant time() {
        return Instant.ofEpochSecond(seconds);
    }
}
