package distributedmysql.experiment.backup.command;

import static distributedmysql.experiment.backup.command.Made.UUID;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.mysql.GtidSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A binary log that is missing before another one is named by its transactions")
class GapsTest {
    private final Manifest full = Made.full(1, "1-100");
    private final Manifest first = Made.log(2, full, "95-150");
    private final Manifest second = Made.log(3, first, "151-200");
    private final Manifest third = Made.log(4, second, "201-300");

    private static Gaps.Log log(Manifest backup, String previous) {
        return new Gaps.Log(backup, previous.isEmpty() ? GtidSet.EMPTY : GtidSet.parse(UUID + ":" + previous));
    }

    private static List<String> gaps(List<Manifest> backups, Gaps.Log... logs) {
        return Gaps.of(new Listing(backups, List.of(), List.of(), Map.of()), List.of(logs));
    }

    @Test
    void none() {
        assertThat(gaps(
                        List.of(full, first, second, third),
                        log(third, "1-200"),
                        log(first, "1-94"),
                        log(second, "1-150")))
                .isEmpty();
    }

    @Test
    void oneBetween() {
        assertThat(gaps(List.of(full, first, third), log(first, "1-94"), log(third, "1-200")))
                .containsExactly("a gap before backup " + third.id() + ": the transactions " + UUID
                        + ":151-200 are neither in backup " + full.id() + " nor in a binary log after it");
    }

    @Test
    @DisplayName("The first one after the full backup; what comes later is not told twice")
    void theFirst() {
        assertThat(gaps(List.of(full, second, third), log(second, "1-150"), log(third, "1-200")))
                .singleElement()
                .asString()
                .startsWith("a gap before backup " + second.id() + ": the transactions " + UUID + ":101-150 are");
    }

    @Test
    @DisplayName("A full backup in the middle of the next binary log does not hide it")
    void fullWithin() {
        Manifest later = Made.full(4, "1-250");
        assertThat(gaps(List.of(full, first, later, third), log(first, "1-94"), log(third, "1-200")))
                .singleElement()
                .asString()
                .contains(UUID + ":151-200 are neither in backup " + full.id());
    }

    @Test
    @DisplayName("A full backup that begins where the last binary log ended needs none of those before")
    void fullBetween() {
        Manifest later = Made.full(4, "1-200");
        assertThat(gaps(List.of(full, first, later, third), log(first, "1-94"), log(third, "1-200")))
                .isEmpty();
    }

    @Test
    void noFull() {
        assertThat(gaps(List.of(first), log(first, "1-94")))
                .containsExactly("backup " + first.id() + ": there is no full backup that it could be applied to;"
                        + " it follows " + full.id() + ", which is not there or not usable");
    }

    @Test
    @DisplayName("An incremental backup of the user's own command covers what it holds")
    void ownIncremental() {
        Manifest own = Made.incremental(3, full, "101-200");
        assertThat(gaps(List.of(full, own, third), log(third, "1-200"))).isEmpty();
        assertThat(gaps(List.of(own, third), log(third, "1-200"))).hasSize(1);
    }
}
