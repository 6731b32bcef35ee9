package distributedmysql.run;

import distributedmysql.config.SettingsException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.TopologyException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * What a simulation's constructor throws is wrapped by Gatling and printed with its stack by whoever started Gatling (the
 * Maven plugin's {@code ForkMain} calls {@code printStackTrace}). Of what is meant for the person who runs the test only the
 * message is said, whole and once, and the JVM ends here.
 */
final class ErrorsOfUsers {
    /** As the JVM's own for an exception that nobody catches. */
    private static final int EXIT_CODE = 1;

    private ErrorsOfUsers() {}

    /** The step's result. A mistake of the program is thrown on, with its stack. */
    static <T> T orExit(Supplier<T> step) {
        return orExit(step, System::exit);
    }

    static <T> T orExit(Supplier<T> step, IntConsumer exit) {
        try {
            return step.get();
        } catch (SettingsException | TopologyException e) {
            String kind = Ending.hasBegun() ? "interrupted: " : "error: ";
            System.err.println("\n" + kind + e.getMessage() + "\n");
            exit.accept(EXIT_CODE);
            throw e;
        }
    }
}
