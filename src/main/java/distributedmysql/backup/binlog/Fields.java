package distributedmysql.backup.binlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads the fields of an event one after the other.
 *
 * <p>Each method throws {@link java.nio.BufferUnderflowException} if the event ends before.
 */
final class Fields {
    private static final int UUID_BYTES = 16;

    private final ByteBuffer bytes;

    Fields(byte[] event, int from, int to) {
        this.bytes = ByteBuffer.wrap(event, from, to - from).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    int oneByte() {
        return bytes.get() & 0xFF;
    }

    long eightBytes() {
        return bytes.getLong();
    }

    long sevenBytes() {
        return fixed(7);
    }

    void skip(int count) {
        text(count);
    }

    /** Of that many bytes, the low ones first. */
    private long fixed(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) oneByte() << (8 * i);
        }
        return value;
    }

    String text(int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    String uuid() {
        byte[] uuid = new byte[UUID_BYTES];
        bytes.get(uuid);
        return uuid(uuid);
    }

    /** As the serialization of MySQL 8.3 and later has it: each byte is an integer of variable length. */
    String uuidOfVariableLength() {
        byte[] uuid = new byte[UUID_BYTES];
        for (int i = 0; i < UUID_BYTES; i++) {
            uuid[i] = (byte) variable();
        }
        return uuid(uuid);
    }

    private static String uuid(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    /** As {@code net_field_length_ll} of the protocol reads it. */
    long lengthEncoded() {
        int first = oneByte();
        return switch (first) {
            case 252 -> fixed(2);
            case 253 -> fixed(3);
            case 254 -> fixed(8);
            default -> first;
        };
    }

    /**
     * As the serialization of MySQL 8.3 and later has it (libs/mysql/serialization/readme.md): the ones at the low end of the
     * first byte say how many bytes follow; without a sign.
     */
    long variable() {
        int first = oneByte();
        int following = Integer.numberOfTrailingZeros(~first);
        long low = (long) first >>> (following + 1);
        return following == 0 ? low : low | fixed(following) << Math.max(0, 7 - following);
    }

    /** The same with a sign, which is in the lowest bit. */
    long variableSigned() {
        long value = variable();
        return (value >>> 1) ^ -(value & 1);
    }
}
