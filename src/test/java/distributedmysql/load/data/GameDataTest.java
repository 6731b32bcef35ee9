package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GameDataTest {
    @Test
    void scaleSizesEveryTableAndLeavesAtLeastAHundredPlayers() {
        assertThat(sizes(1.0)).containsExactly(20_000L, 60_000L, 40_000L);
        assertThat(sizes(2.5)).containsExactly(50_000L, 150_000L, 100_000L);
        assertThat(sizes(0.001)).containsExactly(100L, 300L, 200L);
        assertThat(new GameData(1, 1.0).totalRows()).isEqualTo(120_000);
    }

    @Test
    void aRowIsAFunctionOfSeedAndNumber() {
        for (Table table : GameSchema.TABLES) {
            GameData data = new GameData(5, 1.0);
            Row later = data.row(table, 17);
            data.row(table, 3);

            assertThat(data.row(table, 17)).isEqualTo(later).isEqualTo(new GameData(5, 1.0).row(table, 17));
            assertThat(new GameData(6, 1.0).row(table, 17)).isNotEqualTo(later);
        }
    }

    @Test
    void seedsGiveOtherRowsAndNotTheSameRowsElsewhere() {
        GameData one = new GameData(1, 0.01);
        GameData two = new GameData(2, 0.01);
        Set<Object> contents = new HashSet<>();
        for (long n = 1; n <= 200; n++) {
            contents.add(withoutKey(one.row(GameSchema.PLAYERS, n)));
            contents.add(withoutKey(two.row(GameSchema.PLAYERS, n)));
        }

        assertThat(contents).hasSize(400);
    }

    @Test
    void everyRowFitsItsTableAndPointsToAPlayer() {
        GameData data = new GameData(5, 0.01);
        for (Table table : GameSchema.TABLES) {
            for (long n = 1; n <= data.rows(table); n++) {
                Row row = data.row(table, n);
                assertThat(row.content()).hasSize(table.columns().size()).startsWith(n);
                assertThat(row.isIntact()).isTrue();
                if (!table.equals(GameSchema.PLAYERS)) {
                    assertThat((Long) row.content().get(1)).isBetween(1L, data.players());
                }
            }
        }
    }

    @Test
    void logsHaveDetailsAndNone() {
        GameData data = new GameData(5, 0.01);

        assertThat(LongStream.rangeClosed(1, 400)
                        .mapToObj(
                                n -> data.row(GameSchema.GAME_LOGS, n).content().get(3)))
                .contains((Object) null)
                .anyMatch(detail -> detail instanceof String text && text.startsWith("{\"score\": "));
    }

    @Test
    void rowsThatDoNotExistAreRefused() {
        GameData data = new GameData(5, 0.01);

        assertThatThrownBy(() -> data.row(GameSchema.PLAYERS, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> data.row(GameSchema.PLAYERS, 201))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no row 201 in players, which has 200");
        assertThatThrownBy(() -> data.rows(new Table("other", List.of(), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Long> sizes(double scale) {
        GameData data = new GameData(1, scale);
        return GameSchema.TABLES.stream().map(data::rows).toList();
    }

    private static Object withoutKey(Row row) {
        // The name ends with the key.
        return row.content().subList(2, row.content().size());
    }
}
