package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.PerformanceSettings.Phases;
import distributedmysql.report.StagePlan;
import distributedmysql.topology.Wait;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    @Test
    @DisplayName("Of the run it is said how much is done and how much is left, steps that are no stages included")
    void doneAndLeft() {
        String said = said(() -> {
            Progress progress = new Progress();
            StagePlan one = stage("one", 60);
            StagePlan two = stage("two", 8);
            progress.plan(List.of(step(one.whole()), step(Duration.ofSeconds(3)), step(two.whole())));
            progress.begins(one);
            progress.begins("a step", Duration.ofSeconds(3));
            progress.begins(two);
            progress.ends();
        });
        assertThat(said.lines())
                .containsExactly(
                        "[   0 s] one: takes 62 s; of the run, 0 s of about 74 s done, 74 s left",
                        "[   0 s] two: takes 10 s; of the run, 65 s of about 74 s done, 9 s left");
    }

    @Test
    @DisplayName("A stage and a step that take long say so, and nothing when they have ended")
    void noSilence() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Wait.sayTo(lines::add, Duration.ofMillis(20));
        try {
            said(() -> {
                Progress progress = new Progress();
                progress.begins(stage("soak 50/s", 60));
                await(lines, 2);
                progress.begins("connection steps", Duration.ofSeconds(35));
                lines.clear();
                await(lines, 3);
                progress.begins("check x", Duration.ZERO);
                await(lines, 9);
                progress.ends();
            });
        } finally {
            Wait.sayTo(line -> {}, Duration.ofDays(1));
        }
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("soak 50/s"))
                .startsWith("connection steps: 0 s of about 35 s done, 35 s left")
                .contains("check x: 0 s so far; until it is done");
    }

    private static void await(List<String> lines, int number) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> lines.size() >= number);
    }

    private static Step step(Duration expected) {
        return new Step(expected, List.of());
    }

    private static StagePlan stage(String name, long seconds) {
        return StagePlan.open(
                name, "routed", 50, new Phases(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(seconds)));
    }

    private static String said(Runnable action) {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(console);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @DisplayName("The seconds have ASCII digits in every language")
    @ValueSource(strings = {"en-US", "ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "th-TH-u-nu-thai"})
    void digits(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertThat(said(() -> new Progress().say("a line"))).isEqualTo("[   0 s] a line" + System.lineSeparator());
        } finally {
            Locale.setDefault(before);
        }
    }
}
