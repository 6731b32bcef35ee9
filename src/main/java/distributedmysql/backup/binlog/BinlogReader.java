package distributedmysql.backup.binlog;

import distributedmysql.config.Plural;
import distributedmysql.mysql.GtidSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one file of a binary log from its beginning to its end, event by event: memory does not grow with the file. Rows are
 * not looked at, so it does not matter whether they are compressed.
 *
 * <p>A file counts as whole if each event is as long as it says and ends where it says, its checksum is right, if it has
 * one, and each transaction is as long as it says. That the file ends between two transactions is whole too: a reader who knows how long
 * it must be, or what it must hold, compares.
 */
public final class BinlogReader {
    private static final byte[] MAGIC = {(byte) 0xFE, 'b', 'i', 'n'};
    private static final byte[] ENCRYPTED = {(byte) 0xFD, 'b', 'i', 'n'};
    /** Version of the format, and the server's, whose length is fixed. */
    private static final int VERSION_AT = EventHeader.LENGTH + 2;

    private static final int VERSION_BYTES = 50;
    private static final int CHECKSUM_BYTES = 4;

    private final String name;
    private final EventStream events;
    private final Consumer<BinlogTransaction> each;
    private final GtidSet.Builder gtids = new GtidSet.Builder();

    private String serverVersion = "";
    private GtidSet previous;
    private GtidEvent open;
    private long openBegin;
    private long transactions;
    private Instant lastCommit;
    private boolean rotated;
    private Instant closed;

    private BinlogReader(String name, InputStream in, OutputStream copy, Consumer<BinlogTransaction> each) {
        this.name = name;
        this.events = new EventStream(name, in, copy);
        this.each = each;
    }

    /**
     * @param name for messages
     * @param each is told of each transaction, in the file's order, as soon as it was read whole
     * @throws DamagedBinlogException if the file is not whole, is none, is encrypted, or has transactions without a GTID
     * @throws IOException if it cannot be read
     */
    public static BinlogContents read(String name, InputStream in, Consumer<BinlogTransaction> each)
            throws IOException {
        return read(name, in, OutputStream.nullOutputStream(), each);
    }

    /**
     * The same, and all that is read is written to {@code copy} at once, before it is known whether it is whole.
     *
     * @throws IOException if it cannot be written too
     */
    public static BinlogContents read(String name, InputStream in, OutputStream copy, Consumer<BinlogTransaction> each)
            throws IOException {
        return new BinlogReader(name, in, copy, each).all();
    }

    private BinlogContents all() throws IOException {
        magic();
        for (EventHeader event = events.next(); event != null; event = events.next()) {
            if (closed != null) {
                throw damaged(event, "follows the one that closes the file");
            }
            take(event);
        }
        if (serverVersion.isEmpty()) {
            throw new DamagedBinlogException(name, "ends before its first event");
        }
        if (previous == null) {
            throw new DamagedBinlogException(
                    name, "ends before it says what had been executed before (Previous_gtids)");
        }
        if (open != null) {
            throw new DamagedBinlogException(
                    name,
                    "ends within the transaction " + open.gtid() + ", which begins at byte " + openBegin + "; its last "
                            + Plural.of(openBegin + open.length() - events.position(), "byte") + " did not come");
        }
        return new BinlogContents(
                name,
                serverVersion,
                events.areChecksummed(),
                previous,
                gtids.build(),
                transactions,
                events.position(),
                Optional.ofNullable(lastCommit),
                rotated,
                Optional.ofNullable(closed));
    }

    private void magic() throws IOException {
        byte[] magic = events.first(MAGIC.length);
        if (magic.length == 0) {
            throw new DamagedBinlogException(name, "is empty");
        }
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw new DamagedBinlogException(
                    name, "is encrypted by the server (binlog_encryption = ON), which only that server can read");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DamagedBinlogException(name, "does not begin as a binary log does");
        }
    }

    private void take(EventHeader event) throws IOException {
        if (serverVersion.isEmpty() != (event.type() == EventHeader.FORMAT_DESCRIPTION)) {
            throw damaged(event, "is not where an event of its type (" + event.type() + ") may be");
        }
        if (event.isRead()) {
            read(event, events.whole(event));
        } else {
            events.pass(event);
            if (event.type() == EventHeader.ANONYMOUS_GTID) {
                throw damaged(event, "begins a transaction without a GTID; gtid_mode must have been ON");
            }
            if (open == null && !event.closesFile()) {
                throw damaged(event, "is in no transaction");
            }
        }
        if (open != null) {
            endOfTransaction(event);
        } else if (event.closesFile()) {
            closed = event.time();
            rotated = event.type() == EventHeader.ROTATE;
        }
    }

    private void read(EventHeader event, byte[] bytes) throws DamagedBinlogException {
        int end = bytes.length - (events.areChecksummed() ? CHECKSUM_BYTES : 0);
        Fields fields = new Fields(bytes, EventHeader.LENGTH, end);
        try {
            switch (event.type()) {
                case EventHeader.FORMAT_DESCRIPTION ->
                    serverVersion =
                            new String(bytes, VERSION_AT, VERSION_BYTES, StandardCharsets.US_ASCII).replace("\0", "");
                case EventHeader.PREVIOUS_GTIDS -> previous = PreviousGtids.read(fields);
                case EventHeader.GTID -> begin(event, GtidEvent.untagged(fields));
                default -> begin(event, GtidEvent.tagged(fields));
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged(event, "is not as events of its type (" + event.type() + ") are");
        }
    }

    private void begin(EventHeader event, GtidEvent gtid) throws DamagedBinlogException {
        if (previous == null) {
            throw damaged(event, "comes before it is said what had been executed before (Previous_gtids)");
        }
        if (open != null) {
            throw damaged(event, "begins a transaction within another one, " + open.gtid());
        }
        if (gtid.length() < event.size()) {
            throw damaged(event, "does not say how long its transaction is; servers before 8.0.2 do not");
        }
        open = gtid;
        openBegin = event.begin();
    }

    private void endOfTransaction(EventHeader event) throws DamagedBinlogException {
        long end = openBegin + open.length();
        if (event.end() > end) {
            throw damaged(event, "ends after its transaction, " + open.gtid() + ", which ends at byte " + end);
        }
        if (event.end() == end) {
            BinlogTransaction whole = new BinlogTransaction(open.gtid(), openBegin, end, open.committedMicros());
            gtids.add(open.gtid());
            transactions++;
            lastCommit = whole.committed();
            open = null;
            each.accept(whole);
        }
    }

    private DamagedBinlogException damaged(EventHeader event, String what) {
        return new DamagedBinlogException(name, "the event at byte " + event.begin() + " " + what);
    }
}
