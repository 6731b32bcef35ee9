package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DumpTextTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void theSetMayBeOnSeveralLines() {
        assertThat(DumpText.gtids("--\nSET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ '" + A + ":1-5,\n" + B + ":1';\n"))
                .hasToString(A + ":1-5," + B + ":1");
    }

    @Test
    void withoutASetItIsRefused() {
        assertThatThrownBy(() -> DumpText.gtids("-- MySQL dump 10.13"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("gtid_mode must be ON");
    }

    @Test
    void theDatabaseThatItExpects() {
        String header = "-- MySQL dump 10.13\n--\n-- Host: 127.0.0.1    Database: my shop\n-- ---\n";
        assertThat(DumpText.database(header)).contains("my shop");
        assertThat(DumpText.database(header + "\nUSE `my shop`;\n")).isEmpty();
        assertThat(DumpText.database("-- Host: 127.0.0.1    Database: \n-- ---\n"))
                .isEmpty();
        assertThat(DumpText.database("CREATE TABLE t (id INT);\n")).isEmpty();
    }

    @Test
    void theEndIsFoundInWhateverPiecesItComes() {
        byte[] whole = ("INSERT ".repeat(100) + "\n-- Dump completed on 2026-11-30 17:45:37\n")
                .getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < whole.length; cut++) {
            DumpText.End end = new DumpText.End(java.util.Arrays.copyOf(whole, cut));
            assertThat(end.isComplete())
                    .isEqualTo(new String(whole, 0, cut, StandardCharsets.UTF_8).contains("completed"));
            byte[] rest = java.util.Arrays.copyOfRange(whole, cut, whole.length);
            end.add(rest, rest.length);
            assertThat(end.isComplete()).isTrue();
        }
    }
}
