package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Event;
import distributedmysql.topology.Wait;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    private static final Instant EVENING = Instant.parse("2026-03-04T21:00:00Z");

    @Test
    @DisplayName("The console says when the run ends, and again at each step; what came late moves the end")
    void end() {
        List<Step> steps = List.of(
                new Step("one", Duration.ofSeconds(30), List.of()),
                new Step("", Duration.ofSeconds(10), List.of()),
                new Step("two", Duration.ofMinutes(5), List.of()),
                new Step("two", Duration.ofMinutes(5), List.of()));

        assertThat(said(EVENING, progress -> progress.plan(steps)))
                .endsWith("the run takes about 10 min 40 s, and ends at about 21:10:40");
        assertThat(said(EVENING.plusSeconds(100), progress -> {
                    progress.plan(steps);
                    progress.begins("two");
                }))
                .endsWith("two: takes about 5 min 0 s; the run ends at about 21:11:40, in 10 min 0 s");
        assertThat(said(EVENING, progress -> {
                    progress.plan(steps);
                    progress.begins("two");
                    progress.begins("two");
                }))
                .endsWith("two: takes about 5 min 0 s; the run ends at about 21:05:00, in 5 min 0 s");
        assertThat(said(EVENING, progress -> {
                    progress.plan(steps);
                    progress.begins("another");
                }))
                .endsWith("] another");
    }

    @Test
    void anEndOnAnotherDayHasItsDate() {
        List<Step> night = List.of(new Step("soak", Duration.ofHours(5), List.of()));

        assertThat(said(EVENING, progress -> progress.plan(night)))
                .endsWith("the run takes about 5 h 0 min, and ends at about 2026-03-05 02:00");
    }

    @Test
    @DisplayName("Every warning is an event, said once; what the summary of the run says is not said before it")
    void warnings() {
        List<Event> events = new ArrayList<>();
        String console = said(EVENING, progress -> {
            progress.events().subscribe(events::add);
            progress.say("external: warning: db1:3306: max_connections = 100");
            progress.say("waiting for a warning: none");
            progress.say("external: dropped the database warning");
            progress.summarise(List.of(
                    "warning: soak 50/s: limited by external.max-rate = 500, 20 % of the time",
                    "WARNING: this machine was busy, and may have spoilt the figures of: soak 50/s; at worst 3 s",
                    "Stage"));
            progress.say("external: warning: the database game is left on node2");
        });

        assertThat(events)
                .allMatch(event -> event.kind() == Event.Kind.WARNING)
                .extracting(Event::about)
                .containsExactly("external", "soak 50/s", "this machine was busy", "external");
        assertThat(console.lines().map(line -> line.replaceFirst("^\\[ +0 s] ", "")))
                .containsExactly(
                        "external: warning: db1:3306: max_connections = 100",
                        "waiting for a warning: none",
                        "external: dropped the database warning",
                        "external: warning: the database game is left on node2");
    }

    @Test
    @DisplayName("A stage and a step that take long say so, and nothing when they have ended")
    void noSilence() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Wait.sayTo(lines::add, Duration.ofMillis(20));
        try {
            said(EVENING, progress -> {
                progress.plan(List.of(
                        new Step("soak 50/s", Duration.ofSeconds(60), List.of()),
                        new Step("connection steps", Duration.ofSeconds(35), List.of())));
                progress.begins("soak 50/s");
                await(lines, 2);
                progress.begins("connection steps");
                lines.clear();
                await(lines, 3);
                progress.beginsQuietly("check x");
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

    private static String said(Instant now, Consumer<Progress> what) {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            what.accept(new Progress(Clock.fixed(now, ZoneOffset.UTC)));
        } finally {
            System.setOut(console);
        }
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @DisplayName("The seconds have ASCII digits in every language")
    @ValueSource(strings = {"en-US", "ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "th-TH-u-nu-thai"})
    void digits(String language) {
        Locale before = Locale.getDefault();
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Locale.setDefault(Locale.forLanguageTag(language));
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            new Progress().say("a line");
        } finally {
            System.setOut(console);
            Locale.setDefault(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("[   0 s] a line" + System.lineSeparator());
    }
}
