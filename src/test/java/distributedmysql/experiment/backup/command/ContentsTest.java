package distributedmysql.experiment.backup.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.backup.store.Judgement;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContentsTest {
    private final Manifest full = Made.full(1, "1-100");
    private final Manifest orphan = Made.log(3, Made.log(2, full, "101-150"), "151-200");

    private Contents.Store store() {
        Listing listing = new Listing(
                List.of(full, orphan),
                List.of(),
                List.of(
                        new Listing.Unfinished("begun-1", true, Optional.empty()),
                        new Listing.Unfinished("left-1", false, Optional.of(Instant.parse("2026-03-01T10:00:00Z")))),
                Map.of());
        List<ListedBackup> backups = new ArrayList<>(ListedBackup.all(listing));
        backups.add(
                2, ListedBackup.left("damaged-1", ListedBackup.NOT_USABLE, "/b/damaged-1/manifest.jsonl: is empty"));
        return new Contents.Store("/b", backups);
    }

    @Test
    void table() {
        assertThat(Contents.lines(store()))
                .containsExactly(
                        "/b: 5 backups; 1 being written, 1 gap, 1 not usable, 1 unfinished, 1 usable",
                        "backup                                kind         made by  position              of                          GTIDs             stored  content   key  follows",
                        "20260301T121100-full-00000001         full         clone    2026-03-01T12:01:00Z  shard 0, db1, MySQL 8.0.33  4ec9bf36:1-100    4.8 MB  104.0 MB",
                        "20260301T121300-incremental-00000003  incremental  binlog   2026-03-01T12:03:00Z  shard 0, db1, MySQL 8.0.33  4ec9bf36:151-200  4.8 MB  104.0 MB       20260301T121200-incremental-00000002",
                        "    gap: backup 20260301T121300-incremental-00000003: a gap: 20260301T121300-incremental-00000003 follows 20260301T121200-incremental-00000002, and that is not in the store",
                        "damaged-1",
                        "    not usable: /b/damaged-1/manifest.jsonl: is empty",
                        "begun-1",
                        "    being written",
                        "left-1",
                        "    unfinished: nobody writes it any more since 2026-03-01T10:00:00Z; the next run removes it");
        assertThat(Contents.lines(new Contents.Store("/b", List.of()))).containsExactly("/b: 0 backups");
    }

    @Test
    @DisplayName("What a run found wrong with a backup is said, and is not as it should be")
    void foundWrong() {
        Judgement judgement = new Judgement(false, Instant.parse("2026-03-02T10:00:00Z"), "tables INVALID: 1 missing");
        Listing listing = new Listing(List.of(full), List.of(), List.of(), Map.of(full.id(), judgement));
        List<ListedBackup> backups = ListedBackup.all(listing);

        assertThat(Contents.lines(new Contents.Store("/b", backups)))
                .contains("/b: 1 backup; 1 found wrong")
                .endsWith("    found wrong at 2026-03-02T10:00:00Z: tables INVALID: 1 missing");
        assertThat(backups).allMatch(ListedBackup::isWrong);
    }

    @Test
    void json() throws Exception {
        JsonNode backups = JsonMapper.builder()
                .build()
                .readTree(Contents.json(List.of(store())))
                .at("/stores/0/backups");

        assertThat(backups).hasSize(5);
        assertThat(backups.at("/0/state").asText()).isEqualTo("usable");
        assertThat(backups.at("/0/at").asText()).isEqualTo("2026-03-01T12:01:00Z");
        assertThat(backups.at("/0/transactions").asInt()).isEqualTo(100);
        assertThat(backups.at("/0/contentBytes").asLong()).isEqualTo(104_000_000);
        assertThat(backups.get(0).has("parent")).isFalse();
        assertThat(backups.at("/1/parent").asText()).isEqualTo("20260301T121200-incremental-00000002");
        assertThat(backups.at("/2/why").asText()).contains("is empty");
        assertThat(backups.get(2).has("kind")).isFalse();
    }

    @Test
    void longSetsOfGtids() {
        assertThat(Shown.gtids(Made.UUID + ":1-100")).isEqualTo("4ec9bf36:1-100");
        assertThat(Shown.gtids(Made.UUID + ":tag:1-100," + Made.UUID.replace('4', '5') + ":7"))
                .isEqualTo("4ec9bf36:tag:1-100,5ec9bf36:7");
        assertThat(Shown.gtids(Made.UUID + ":1-2:4-5:7-8:10-11:13-14:16-17"))
                .isEqualTo("4ec9bf36:1-2:4-…-11:13-14:16-17");
    }
}
