package distributedmysql.experiment.backup.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/**
 * Where the command is typed.
 *
 * @param in what the user types
 */
record Console(PrintStream out, PrintStream err, InputStream in) {
    void say(String line) {
        out.println(line);
    }

    /** Returns when somebody presses Enter. Where nobody can, as in a job of a CI system, only the end of the JVM ends it. */
    void awaitEnter() {
        try {
            for (int read = in.read(); read != '\n'; read = in.read()) {
                if (read < 0) {
                    new CountDownLatch(1).await();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("what is typed cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
