package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private final EventLog log = new EventLog();

    @Test
    @DisplayName(
            "Events are in the order of one clock, whatever threads add them, and a subscriber is told of each once")
    void order() throws InterruptedException {
        List<Event> told = new ArrayList<>();
        log.subscribe(told::add);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < 250; j++) {
                    log.add(Event.Kind.STEP, "s", "begins");
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(log.soFar()).hasSize(1_000).isEqualTo(told);
        assertThat(log.soFar()).extracting(Event::millis).isSorted();
        assertThat(log.soFar()).extracting(Event::at).isSorted();
    }

    @Test
    @DisplayName("A text is one line")
    void oneLine() {
        log.add(Event.Kind.FAULT, "node1", "not injected:\n  no disk\n");
        assertThat(log.soFar().get(0).text()).isEqualTo("not injected: no disk");
    }
}
