package distributedmysql.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadProgressTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong seconds = new AtomicLong();
    private final LoadProgress progress =
            new LoadProgress(new GameData(1, 1.0), lines::add, () -> seconds.get() * 1_000_000_000L);

    @Test
    void tellsRowsAndTimeLeftOnceASecond() {
        progress.loaded(GameSchema.PLAYERS, 1_000);
        assertThat(lines).isEmpty();

        seconds.set(1);
        progress.loaded(GameSchema.PLAYERS, 11_000);
        progress.loaded(GameSchema.PLAYERS, 1_000);
        assertThat(lines).containsExactly("data: players 12,000 of 20,000, 1 s of about 10 s done, 9 s left");
    }

    @Test
    void tellsWhenATableIsComplete() {
        seconds.set(2);
        progress.loaded(GameSchema.INVENTORY, 60_000);
        progress.loaded(GameSchema.PLAYERS, 20_000);
        progress.loaded(GameSchema.GAME_LOGS, 40_000);

        assertThat(lines)
                .containsExactly(
                        "data: inventory 60,000 of 60,000, 2 s of about 4 s done, 2 s left",
                        "data: players 20,000 of 20,000, 2 s of about 3 s done, 1 s left",
                        "data: game_logs 40,000 of 40,000, all loaded");
    }
}
