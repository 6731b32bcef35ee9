package distributedmysql.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import distributedmysql.config.SettingsException;
import distributedmysql.mysql.DebugLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The file that {@code -Ddebug} writes. */
final class DebugFile {
    private DebugFile() {}

    /**
     * Turns the named parts of the log on, into this file, and all others off.
     *
     * @param named what {@code -Ddebug} says, for instance {@code sql,faults}; null if it is not given
     * @return the file, if anything is written to it
     * @throws SettingsException if there is no such part
     */
    static Optional<Path> open(String named, Path file) {
        List<DebugLog> parts = parts(named);
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return Optional.empty();
        }
        for (DebugLog part : DebugLog.values()) {
            context.getLogger(part.loggerName()).setLevel(Level.OFF);
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        FileAppender<ILoggingEvent> appender = appender(context, file);
        for (DebugLog part : parts) {
            Logger logger = context.getLogger(part.loggerName());
            logger.setAdditive(false);
            logger.addAppender(appender);
            logger.setLevel(Level.DEBUG);
        }
        return Optional.of(file);
    }

    private static FileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setContext(context);
        lines.setPattern("%d{HH:mm:ss.SSS} %-11.-11replace(%logger){'.*[.]', ''} [%thread] %msg%n");
        lines.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setEncoder(lines);
        appender.setFile(file.toString());
        appender.start();
        return appender;
    }

    private static List<DebugLog> parts(String named) {
        List<DebugLog> parts = new ArrayList<>();
        for (String name : named == null ? new String[0] : named.split(",", -1)) {
            parts.add(Arrays.stream(DebugLog.values())
                    .filter(part -> part.label().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new SettingsException("command line: debug = " + named + ": there is no part \""
                            + name.strip() + "\"; there are "
                            + Arrays.stream(DebugLog.values())
                                    .map(DebugLog::label)
                                    .collect(Collectors.joining(", ")))));
        }
        return parts;
    }
}
