package distributedmysql.backup.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Events that only servers since 8.3 write, as libs/mysql/serialization of MySQL's sources says")
class GtidEventTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    /** The examples of its readme, whose first byte is the last one there. */
    @ParameterizedTest
    @CsvSource({"FBFF07, 65535", "00, 0", "FE, 127", "0102, 128", "FFFFFFFFFFFFFFFFFF, -1"})
    void unsigned(String bytes, long value) {
        assertThat(fields(bytes).variable()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"F3FF0F, 65535", "EBFF0F, -65535", "FBFF0F, -65536"})
    void signed(String bytes, long value) {
        assertThat(fields(bytes).variableSigned()).isEqualTo(value);
    }

    @Test
    void aTaggedGtid() {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        // Version, size and last field that must be known; the size is not looked at.
        List.of(0, 0, 0).forEach(value -> write(event, value));
        field(event, 0, 1);
        write(event, 1);
        for (byte each : java.util.HexFormat.of().parseHex(UUID.replace("-", ""))) {
            write(event, each & 0xFF);
        }
        field(event, 2, 2 * 300);
        field(event, 3, 3);
        event.writeBytes(new byte[] {'t', 'a', 'g'});
        field(event, 4, 2 * 7);
        field(event, 5, 2 * 8);
        field(event, 6, 1_700_000_000_000_002L);
        field(event, 7, 1_700_000_000_000_001L);
        field(event, 8, 400);
        field(event, 9, 80_400);

        byte[] bytes = event.toByteArray();
        GtidEvent read = GtidEvent.tagged(new Fields(bytes, 0, bytes.length));

        assertThat(read).isEqualTo(new GtidEvent(new Gtid(UUID + ":tag", 300), 1_700_000_000_000_001L, 400));
    }

    @Test
    void previousGtidsWithTags() {
        String head = "0102000000000001";
        String uuid = UUID.replace("-", "");
        String interval = "0100000000000000" + "0600000000000000";
        String one = "0100000000000000";
        GtidSet set =
                PreviousGtids.read(fields(head + uuid + "00" + one + interval + uuid + "06746167" + one + interval));

        assertThat(set).hasToString(UUID + ":1-5:tag:1-5");
    }

    private static void field(ByteArrayOutputStream event, int number, long value) {
        write(event, number);
        write(event, value);
    }

    /** As the readme says, with as few bytes as the value needs. */
    private static void write(ByteArrayOutputStream event, long value) {
        int bytes = 1;
        while (bytes < 9 && value >>> (7 * bytes) != 0) {
            bytes++;
        }
        long shifted = bytes == 9 ? value : value << bytes | ((1L << (bytes - 1)) - 1);
        if (bytes == 9) {
            event.write(0xFF);
        }
        for (int i = 0; i < Math.min(bytes, 8); i++) {
            event.write((int) (shifted >>> (8 * i)));
        }
    }

    private static Fields fields(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        return new Fields(bytes, 0, bytes.length);
    }
}
