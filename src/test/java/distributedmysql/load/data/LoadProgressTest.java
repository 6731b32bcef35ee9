package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadProgressTest {
    private final List<String> lines = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final AtomicLong seconds = new AtomicLong();
    private final LoadProgress progress =
            new LoadProgress(new GameData(1, 1.0), lines::add, states::add, () -> seconds.get() * 1_000_000_000L);

    @Test
    void whoeverWaitsIsToldRowsAndTheTimeLeftOnceThatMeansSomething() {
        progress.loaded(GameSchema.PLAYERS, 1_000);
        seconds.set(4);
        progress.loaded(GameSchema.PLAYERS, 1_000);
        progress.loaded(GameSchema.PLAYERS, 10_000);

        assertThat(lines).isEmpty();
        assertThat(states)
                .containsExactly(
                        "players 1,000 of 20,000, 0 s so far",
                        "players 2,000 of 20,000, 4 s so far",
                        "players 12,000 of 20,000, 4 s of about 40 s done, 36 s left");
    }

    @Test
    void tellsWhenATableIsComplete() {
        seconds.set(4);
        progress.loaded(GameSchema.INVENTORY, 60_000);
        progress.loaded(GameSchema.PLAYERS, 20_000);
        progress.loaded(GameSchema.GAME_LOGS, 40_000);

        assertThat(lines)
                .containsExactly(
                        "data: inventory 60,000 of 60,000, 4 s of about 8 s done, 4 s left",
                        "data: players 20,000 of 20,000, 4 s of about 6 s done, 2 s left",
                        "data: game_logs 40,000 of 40,000, all loaded");
        assertThat(states).isEmpty();
    }
}
