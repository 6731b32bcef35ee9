package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.backup.FullFigures.Stored;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FullFiguresTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

    @Test
    @DisplayName("Each step has its seconds, and those that read or write the content their MB/s")
    void steps() {
        FullFigures full = full("shard1", "uuid:1-5")
                .with(stored("uuid:1-5").and(new Took("copy", 0.5, null)).and(new Took("read again", 0.25, null)))
                .with(BackupChecksTest.restored()
                        .compared(
                                List.of(new Took("restore by clone", 2, null), new Took("compare", 1, null)),
                                List.of(BackupChecksTest.table(0)),
                                null));

        assertThat(full.line())
                .isEqualTo(
                        "  clone of shard1, node1: 10.0 MB in 2.0 s (5 MB/s), stored as 4.0 MB: clone 2.0 s, copy 0.5 s"
                                + " (20 MB/s), read again 0.3 s (40 MB/s); restored and verified in 3.0 s: restore by clone 2.0 s"
                                + " (5 MB/s), compare 1.0 s");
    }

    @Test
    @DisplayName("Across shards there is no consistent point; the position of each shard's backup is there")
    void acrossShards() {
        FullFigures failed = new FullFigures("dump", "shard1", "node1", null, null, "refused");

        AcrossShards across = AcrossShards.of(List.of(full("shard1", "a:1-5"), full("shard2", "b:1-7"), failed));

        assertThat(across.sets()).hasSize(2);
        assertThat(across.sets().get(0).shards())
                .containsExactly(
                        new AcrossShards.Position("shard1", "a:1-5", AT),
                        new AcrossShards.Position("shard2", "b:1-7", AT));
        assertThat(across.sets().get(1).shards()).isEmpty();
        assertThat(across.lines()).last().isEqualTo("    dump: none was made");
        assertThat(across.lines()).contains("    clone: shard1 a:1-5; shard2 b:1-7");
    }

    private static FullFigures full(String shard, String gtids) {
        return new FullFigures("clone", shard, "node1", stored(gtids), null, null);
    }

    private static Stored stored(String gtids) {
        return new Stored("id", AT, gtids, 10_000_000, 4_000_000, 2, 5, List.of(new Took("clone", 2, null)));
    }
}
