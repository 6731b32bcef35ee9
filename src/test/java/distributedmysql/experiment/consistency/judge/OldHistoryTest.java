package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A run of version 0.1.0, in whose final reads one row was taken away and another one spoilt. Version 0.1.0 said of it what
 * is expected here.
 */
@DisplayName("A history that an earlier version has saved is judged as that version judged it")
class OldHistoryTest {
    private static final String FILE = "src/test/resources/history-0.1.0.jsonl.gz";

    @Test
    void verdicts() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);

        assertThat(RecheckHistory.run(List.of(FILE), printed, printed)).isEqualTo(2);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.startsWith("INVALID") || line.startsWith("UNKNOWN"))
                .containsExactly(
                        "INVALID  lost writes: key 7: version 20 was acknowledged, but node1 has no row; 770"
                                + " acknowledged, 20 lost (keys [7]), 0 phantoms of 0 failed, 0 unknown (0 survived, 0"
                                + " vanished, 0 overwritten, 0 diverged), 1 seen and then lost, 1 unread",
                        "INVALID  row checksums: key 14 on node2 at 10.749935 s (final-read); 2087 rows, 1 corrupt");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("VALID"))
                .extracting(line -> line.substring("VALID    ".length(), line.indexOf(": ")))
                .containsExactly(
                        "read after write",
                        "visibility",
                        "read your writes",
                        "monotonic reads",
                        "monotonic writes",
                        "writes follow reads",
                        "impossible reads");
    }
}
