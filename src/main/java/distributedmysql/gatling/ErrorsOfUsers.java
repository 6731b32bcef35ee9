package distributedmysql.gatling;

import distributedmysql.config.SettingsException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.TopologyException;

/**
 * Gatling ends the JVM with what a simulation's constructor throws, wrapped, and the JVM prints its stack. Of what is meant
 * for the person who runs the test, only the message is said instead, whole and once; the exit code is 1 all the same.
 */
final class ErrorsOfUsers {
    private ErrorsOfUsers() {}

    /** From now on, on this thread. A mistake of the program keeps its stack. */
    static void sayWithoutStack() {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler usual = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((ended, thrown) -> {
            Throwable cause = thrown;
            while (cause != null && !isMeantForUsers(cause)) {
                cause = cause.getCause();
            }
            if (cause == null) {
                usual.uncaughtException(ended, thrown);
            } else {
                String kind = Ending.hasBegun() ? "interrupted: " : "error: ";
                System.err.println("\n" + kind + cause.getMessage() + "\n");
            }
        });
    }

    private static boolean isMeantForUsers(Throwable thrown) {
        return thrown instanceof SettingsException || thrown instanceof TopologyException;
    }
}
