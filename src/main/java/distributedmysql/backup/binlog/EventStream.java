package distributedmysql.backup.binlog;

import distributedmysql.config.Plural;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * The events of a file as they come, with what can be said of each without knowing what is in it: that it is as long as it says,
 * ends where it says, and has the checksum that it says.
 */
final class EventStream {
    private static final int CHECKSUM_BYTES = 4;
    /** A set of 10,000 sources with 100 intervals each is 16 MB. */
    private static final int LARGEST_WHOLE = 64 << 20;

    private final String name;
    private final InputStream in;
    private final OutputStream copy;
    private final byte[] header = new byte[EventHeader.LENGTH];
    private final byte[] buffer = new byte[1 << 16];
    private long position;
    private boolean checksummed;

    EventStream(String name, InputStream in, OutputStream copy) {
        this.name = name;
        this.in = in;
        this.copy = copy;
    }

    /** How much was read. */
    long position() {
        return position;
    }

    /** Known after the first event, whose last but four bytes say so (Format_description_event). */
    boolean areChecksummed() {
        return checksummed;
    }

    /** The first bytes of the file, fewer if it is shorter. */
    byte[] first(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        taken(bytes, bytes.length);
        return bytes;
    }

    /** The next event's header; null if the file ends here. */
    EventHeader next() throws IOException {
        long begin = position;
        int there = in.readNBytes(header, 0, header.length);
        if (there == 0) {
            return null;
        }
        taken(header, there);
        if (there < header.length) {
            throw cutOff(begin, there, header.length);
        }
        EventHeader event = EventHeader.of(begin, header);
        if (event.size() < EventHeader.LENGTH) {
            throw damaged(begin, "cannot have " + Plural.of(event.size(), "byte"));
        }
        if (!event.saysWhereItEnds()) {
            throw damaged(
                    begin,
                    "says that it ends at byte " + event.nextPosition() + ", and by its length it ends at byte "
                            + event.end());
        }
        return event;
    }

    /** All of the event, with its header. */
    byte[] whole(EventHeader event) throws IOException {
        if (event.size() > LARGEST_WHOLE) {
            throw damaged(
                    event.begin(),
                    "cannot have " + Plural.of(event.size(), "byte") + ", with the type " + event.type());
        }
        int rest = (int) event.size() - header.length;
        byte[] bytes = new byte[(int) event.size()];
        System.arraycopy(header, 0, bytes, 0, header.length);
        int there = in.readNBytes(bytes, header.length, rest);
        copy.write(bytes, header.length, there);
        position += there;
        if (there < rest) {
            throw cutOff(event.begin(), header.length + there, event.size());
        }
        boolean first = event.type() == EventHeader.FORMAT_DESCRIPTION;
        CRC32 crc = crcOfHeader(event);
        int end = bytes.length - CHECKSUM_BYTES;
        if (first) {
            checksummed = bytes[Math.max(0, end - 1)] == 1;
        }
        // The first event has a checksum in any case.
        if ((first || checksummed) && end >= header.length) {
            crc.update(bytes, header.length, end - header.length);
            check(event, crc, bytes, end);
        }
        return bytes;
    }

    /** Reads over the rest of the event. */
    void pass(EventHeader event) throws IOException {
        CRC32 crc = crcOfHeader(event);
        byte[] said = new byte[CHECKSUM_BYTES];
        long left = event.size() - header.length;
        if (checksummed && left < CHECKSUM_BYTES) {
            throw damaged(event.begin(), "cannot have " + Plural.of(event.size(), "byte"));
        }
        long body = checksummed ? left - CHECKSUM_BYTES : left;
        while (body > 0) {
            int wanted = (int) Math.min(buffer.length, body);
            int there = in.readNBytes(buffer, 0, wanted);
            taken(buffer, there);
            if (there < wanted) {
                throw cutOff(event.begin(), position - event.begin(), event.size());
            }
            crc.update(buffer, 0, there);
            body -= there;
        }
        if (checksummed) {
            int there = in.readNBytes(said, 0, CHECKSUM_BYTES);
            taken(said, there);
            if (there < CHECKSUM_BYTES) {
                throw cutOff(event.begin(), position - event.begin(), event.size());
            }
            check(event, crc, said, 0);
        }
    }

    /** The server reckons the checksum of the first event as if it had closed the file already. */
    private CRC32 crcOfHeader(EventHeader event) {
        byte[] bytes = header.clone();
        if (event.type() == EventHeader.FORMAT_DESCRIPTION) {
            bytes[EventHeader.FLAGS] &= ~EventHeader.IN_USE;
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc;
    }

    private void check(EventHeader event, CRC32 crc, byte[] bytes, int at) throws DamagedBinlogException {
        int said = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        if ((int) crc.getValue() != said) {
            throw damaged(event.begin(), "has another checksum than it says: something in it has changed");
        }
    }

    private void taken(byte[] bytes, int count) throws IOException {
        copy.write(bytes, 0, count);
        position += count;
    }

    private DamagedBinlogException cutOff(long begin, long there, long size) {
        return damaged(begin, "is cut off: " + there + " of its " + Plural.of(size, "byte") + " came");
    }

    private DamagedBinlogException damaged(long begin, String what) {
        return new DamagedBinlogException(name, "the event at byte " + begin + " " + what);
    }
}
