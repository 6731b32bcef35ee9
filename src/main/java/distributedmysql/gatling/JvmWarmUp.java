package distributedmysql.gatling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Lets whoever needs a method that Java's compiler has been asked for wait until it is compiled ({@code
 * BackgroundCompilation}, JEP 165). Beside a load that takes all processors the compiler gets so little of them that it
 * needs half a minute; this way the load itself makes room for it. Only for a load that is not measured: a request may
 * take a tenth of a second. On a JVM that does not know it, nothing happens.
 */
public final class JvmWarmUp {
    /** Of 256 users, two thirds still waited for the compiler ten seconds after the end. */
    public static final int MOST_USERS = 16;

    private static final String DIRECTIVES = "[{match: [\"*.*\"], BackgroundCompilation: false}]";

    private JvmWarmUp() {}

    /** Begins now and ends by itself; returns at once. */
    public static void during(Duration duration) {
        try {
            Path file = Files.createTempFile("compiler-directives", ".json");
            try {
                Files.writeString(file, DIRECTIVES);
                invoke("compilerDirectivesAdd", new String[] {file.toString()});
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            return;
        }
        CompletableFuture.delayedExecutor(duration.toMillis(), TimeUnit.MILLISECONDS)
                .execute(JvmWarmUp::end);
    }

    private static void end() {
        try {
            invoke("compilerDirectivesClear");
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An operation of {@code jcmd}, here {@code Compiler.directives_add} and {@code Compiler.directives_clear}. */
    private static void invoke(String operation, String... arguments) throws JMException {
        boolean none = arguments.length == 0;
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        operation,
                        none ? new Object[0] : new Object[] {arguments},
                        none ? new String[0] : new String[] {String[].class.getName()});
    }
}
