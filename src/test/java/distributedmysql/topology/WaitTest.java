package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.TopologyException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        Wait.sayTo(lines::add, Duration.ofMillis(30));
    }

    @AfterEach
    void silence() {
        Wait.sayTo(line -> {}, Duration.ofDays(1));
    }

    @Test
    @DisplayName("A wait says again and again what is awaited, for how long, and until when; and nothing after its end")
    void untilItsEnd() {
        try (Wait wait = Wait.atMost("node2: to catch up", Duration.ofSeconds(60))) {
            wait.state("2 transactions behind");
            awaitLines(3);
        }
        assertThat(lines)
                .allMatch(
                        line -> line.startsWith("waiting for node2: to catch up: 0 s of at most 60 s done, 60 s left"))
                .anyMatch(line -> line.endsWith("left; 2 transactions behind"));
        int said = lines.size();
        try (Wait other = Wait.until("other", "until it is done")) {
            assertThat(other).isNotNull();
            awaitLines(said + 3);
        }
        // The one that was under way when the first was closed may have come.
        assertThat(lines.subList(said + 1, said + 3)).containsOnly("other: 0 s so far; until it is done");
    }

    @Test
    @DisplayName("A short wait says nothing")
    void shortOne() {
        Wait.sayTo(lines::add, Duration.ofMinutes(10));
        Await.until("it", DEADLINE, () -> true, () -> "");
        assertThat(Await.success("it", DEADLINE, () -> 1)).isEqualTo(1);

        assertThat(lines).isEmpty();
    }

    @Test
    @DisplayName("A condition that hangs does not silence its wait")
    void hanging() {
        Await.until("the condition", DEADLINE, () -> awaitLines(2), () -> "");

        assertThat(lines).allMatch(line -> line.startsWith("waiting for the condition: 0 s of at most 30 s done"));
    }

    @Test
    @DisplayName("A step that fails again and again says why")
    void failing() {
        AtomicInteger attempts = new AtomicInteger();
        Await.success("the step", DEADLINE, () -> {
            attempts.incrementAndGet();
            if (lines.size() <= 2) {
                throw TopologyException.of("node1", new java.sql.SQLException("refused", "08001"));
            }
        });

        assertThat(attempts).hasValueGreaterThan(1);
        assertThat(lines).anyMatch(line -> line.endsWith("left; node1: refused (SQLState 08001, error 0)"));
    }

    @Test
    @DisplayName("What cannot be done at all is not waited for")
    void lasting() {
        assertThatThrownBy(() -> Await.until(
                        "it",
                        DEADLINE,
                        () -> {
                            throw new TopologyException("never");
                        },
                        () -> ""))
                .hasMessage("never");
        int said = lines.size();
        try (Wait other = Wait.until("other", "until it is done")) {
            assertThat(other).isNotNull();
            awaitLines(said + 2);
        }
        assertThat(lines.subList(said + 1, said + 2)).containsOnly("other: 0 s so far; until it is done");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                       0 |    71 | 0 s of about 71 s done, 71 s left
                      63 |    71 | 63 s of about 71 s done, 8 s left
                      80 |    71 | 80 s so far, longer than the planned 71 s
                     119 |   120 | 119 s of about 2 min 0 s done, 1 s left
                    3600 | 20000 | 60 min 0 s of about 5 h 33 min done, 4 h 33 min left
                    """)
    void timeLeft(long done, long all, String text) {
        assertThat(TimeLeft.about(Duration.ofSeconds(done), Duration.ofSeconds(all)))
                .isEqualTo(text);
        assertThat(TimeLeft.atMost(Duration.ofSeconds(done), Duration.ofSeconds(all)))
                .isEqualTo(text.replace("about", "at most").replace("planned", "allowed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                       0 | 0.0   | 0 s so far
                       1 | 0.5   | 1 s so far
                      40 | 0.001 | 40 s so far
                      10 | 0.25  | 10 s of about 40 s done, 30 s left
                    """)
    void anEstimateWaitsUntilItMeansSomething(long done, double share, String text) {
        assertThat(TimeLeft.estimated(Duration.ofSeconds(done), share)).isEqualTo(text);
    }

    private boolean awaitLines(int number) {
        Awaitility.await().atMost(DEADLINE).until(() -> lines.size() >= number);
        return true;
    }
}
