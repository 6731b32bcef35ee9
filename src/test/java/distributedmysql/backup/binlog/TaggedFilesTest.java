package distributedmysql.backup.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is expected, SHOW BINLOG EVENTS and mysqlbinlog of that server have said. */
@DisplayName(
        "Files that MySQL 9.7.4 has written: GTIDs with and without tags, its own and another server's, one compressed")
class TaggedFilesTest {
    private static final String OWN = "b30f2999-eced-11f1-96e9-02fc00000001";
    private static final String ALL =
            "aaaaaaaa-ffff-80ff-0080-123456789abc:foreign:777," + OWN + ":1-3:other:1:tag_a:1-3";

    private final List<String> transactions = new ArrayList<>();

    private BinlogContents read(String file) throws IOException {
        try (InputStream in = TaggedFilesTest.class.getResourceAsStream(file)) {
            return BinlogReader.read(
                    file,
                    in,
                    each -> transactions.add(
                            each.gtid() + " " + each.begin() + "-" + each.end() + " " + each.committedMicros()));
        }
    }

    @Test
    void theFirst() throws IOException {
        BinlogContents contents = read("mysql-9.7.4.000001");

        assertThat(contents.serverVersion()).isEqualTo("9.7.4-2");
        assertThat(contents.previous().isEmpty()).isTrue();
        assertThat(contents.gtids()).hasToString(ALL);
        assertThat(transactions)
                .containsExactly(
                        OWN + ":1 158-334 1796064113830886",
                        OWN + ":2 334-560 1796064113848096",
                        OWN + ":tag_a:1 560-839 1796064113851129",
                        OWN + ":tag_a:2 839-1118 1796064113851815",
                        OWN + ":other:1 1118-1405 1796064113855075",
                        OWN + ":3 1405-1688 1796064113855909",
                        "aaaaaaaa-ffff-80ff-0080-123456789abc:foreign:777 1688-1973 1796064113859135",
                        OWN + ":tag_a:3 1973-2228 1796064113859979");
    }

    @Test
    void theSecondSaysWhatWasBeforeIt() throws IOException {
        BinlogContents contents = read("mysql-9.7.4.000002");

        assertThat(contents.previous()).hasToString(ALL);
        assertThat(transactions).containsExactly(OWN + ":tag_a:4 339-628 1796064113871258");
        assertThat(contents.closed()).isPresent();
    }
}
