package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import distributedmysql.config.HostPort;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.DebugLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HookTest {
    private static final HostPort ADDRESS = new HostPort("db1", 3306);

    private final EventLog events = new EventLog();

    @Test
    @DisplayName("That it begins, and how it ends, are events, and in the file of -Ddebug=faults")
    void events() {
        Logger logger = (Logger) LoggerFactory.getLogger(DebugLog.FAULTS.loggerName());
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        logger.setLevel(Level.DEBUG);
        try {
            run("exit 0", Duration.ofSeconds(30));
            assertThatThrownBy(() -> run("exit 3", Duration.ofSeconds(30))).hasMessageContaining("exit code 3");
        } finally {
            logger.setLevel(before);
            logger.detachAppender(logged);
        }

        List<String> told = List.of(
                "external.hooks.kill: begins",
                "external.hooks.kill: ended with exit code 0",
                "external.hooks.kill: begins",
                "external.hooks.kill: ended with exit code 3");
        assertThat(events.soFar())
                .allMatch(event ->
                        event.kind() == Event.Kind.FAULT && event.about().equals("node1"))
                .extracting(Event::text)
                .isEqualTo(told);
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo(told.stream().map(text -> "node1: " + text).toList());
    }

    @Test
    void oneThatDoesNotEnd() {
        assertThatThrownBy(() -> run("sleep 30", Duration.ofMillis(100))).hasMessageContaining("external.hooks.kill");

        assertThat(events.soFar())
                .extracting(Event::text)
                .hasSize(2)
                .last()
                .asString()
                .contains("kill: ");
    }

    private void run(String command, Duration deadline) {
        new Hook("external.hooks.kill", command, Set.of(), events).run("node1", ADDRESS, Map.of(), deadline);
    }
}
