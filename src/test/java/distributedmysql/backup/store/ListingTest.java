package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static Manifest backup(String id, int minute, int shard, String parent) {
        Optional<String> of = Optional.ofNullable(parent);
        return new Manifest(
                Manifest.FORMAT,
                id,
                new Origin(of.isPresent() ? Kind.INCREMENTAL : Kind.FULL, "any", shard, "db1", "uuid", "8.0.33", of),
                at(minute),
                1,
                "",
                Optional.empty(),
                List.of());
    }

    private static Instant at(int minute) {
        return Instant.EPOCH.plusSeconds(60L * minute);
    }

    private static Listing of(Manifest... backups) {
        return new Listing(List.of(backups), List.of(), List.of(), Map.of());
    }

    @Test
    void aChainBeginsWithItsFullBackup() throws StoreException {
        Manifest full = backup("f", 0, 0, null);
        Manifest first = backup("i1", 1, 0, "f");
        Manifest second = backup("i2", 2, 0, "i1");
        Listing listing = of(second, full, first);

        assertThat(listing.usable()).containsExactly(full, first, second);
        assertThat(listing.chainTo("i2")).isEqualTo(new Chain(full, List.of(first, second)));
        assertThat(listing.chainTo("i2").all()).containsExactly(full, first, second);
        assertThat(listing.chainTo("f").all()).containsExactly(full);
        assertThat(listing.builtOn(full)).isEqualTo(new Chain(full, List.of(first, second)));
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIsThereInItsPlace() {
        Listing listing = new Listing(
                List.of(backup("a", 1, 0, "gone"), backup("b", 2, 0, "begun"), backup("c", 3, 0, "broken")),
                List.of(new Listing.Unusable("broken", false, "broken/manifest.jsonl: is no manifest")),
                List.of(new Listing.Unfinished("begun", false, Optional.empty())),
                Map.of());

        assertGap(listing, "none", "backup none: is not in the store");
        assertGap(listing, "a", "backup a: a gap: a follows gone, and that is not in the store");
        assertGap(listing, "b", "backup b: a gap: b follows begun, and that is unfinished");
        assertGap(
                listing,
                "c",
                "backup c: a gap: c follows broken, and that cannot be used: broken/manifest.jsonl: is no manifest");
    }

    @Test
    void whatCannotBeUsedIsSaidOnceForEachReason() {
        Listing listing = new Listing(
                List.of(backup("a", 1, 0, null)),
                List.of(
                        new Listing.Unusable("b", true, "b: the wrong key"),
                        new Listing.Unusable("c", true, "c: the wrong key"),
                        new Listing.Unusable("d", false, "d/manifest.jsonl: is no manifest")),
                List.of(new Listing.Unfinished("e", false, Optional.empty())),
                Map.of());

        assertThat(listing.notUsable())
                .isEqualTo("; 2 backups not usable, because of the key: b: the wrong key"
                        + "; not usable: d/manifest.jsonl: is no manifest; unfinished: e");
        assertThat(of(backup("a", 1, 0, null)).notUsable()).isEmpty();
    }

    private static void assertGap(Listing listing, String id, String message) {
        assertThatThrownBy(() -> listing.chainTo(id))
                .isInstanceOf(GapException.class)
                .hasMessage(message);
    }

    @Test
    void aChainThatComesBackToItself() {
        assertGap(
                of(backup("a", 1, 0, "b"), backup("b", 2, 0, "a")),
                "a",
                "backup a: its chain comes back to a, and has no full backup");
    }

    @Test
    void twoThatFollowTheSameOne() {
        Manifest full = backup("f", 0, 0, null);

        assertThatThrownBy(() -> of(full, backup("i1", 1, 0, "f"), backup("i2", 2, 0, "f"))
                        .builtOn(full))
                .isInstanceOf(GapException.class)
                .hasMessage("backup f is followed by i1 and by i2; only one of them can be");
    }

    @Test
    void theNewestFullBackupBeforeAMoment() {
        Listing listing = of(
                backup("f1", 0, 0, null),
                backup("f2", 10, 0, null),
                backup("g", 11, 1, null),
                backup("i", 12, 0, "f1"));

        assertThat(listing.fullBefore(0, at(9)).orElseThrow().id()).isEqualTo("f1");
        assertThat(listing.fullBefore(0, at(10)).orElseThrow().id()).isEqualTo("f2");
        assertThat(listing.fullBefore(1, at(50)).orElseThrow().id()).isEqualTo("g");
        assertThat(listing.fullBefore(1, at(10))).isEmpty();
    }
}
